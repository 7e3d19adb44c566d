#!/usr/bin/perl
# Every ```sql block of the documentation, with the ```text block that follows it, must stand word for word in an expected output:
# psql echoes the statement and prints the result, so what a page shows is what a test has seen. TAP on standard output.
use strict;
use warnings;

my $root = shift // '.';
my $n = 0;
my $failed = 0;

sub slurp {
    my ($file) = @_;
    local $/;
    open my $in, '<', $file or die "$file: $!\n";
    my $text = <$in>;
    $text =~ s/[ \t]+$//mg;
    return $text;
}

my @expected = map { slurp($_) } glob("$root/expected/*.out");
for my $page ("$root/README.md", glob("$root/doc/*.md"), glob("$root/doc/*/*.md")) {
    next unless -e $page;
    my $text = slurp($page);
    while ($text =~ /^```sql\n(.*?)^```\n(?:\s*^```text\n(.*?)^```)?/msg) {
        my ($sql, $output) = ($1, $2 // '');
        my $example = $sql . $output;
        $example =~ s/\s+\z//;
        my $found = grep { index($_, $example) >= 0 } @expected;
        (my $title = (split /\n/, $sql)[0]) =~ s/#/\\#/g;
        $n++;
        print $found ? "ok" : "not ok", " $n - $page: $title\n";
        unless ($found) { $failed++; print "# not in any expected output:\n", map { "# $_\n" } split /\n/, $example }
    }
}
print "1..$n\n";
exit($failed ? 1 : 0);
