#!/usr/bin/perl
# Every ```sql block of the documentation, with the ```text block that follows it, must stand word for word in an expected output:
# psql echoes the statement and prints the result, so what a page shows is what a test has seen. Two kinds of pages stand apart: the tutorial and qgis, which
# test/script/tutorial.sh and test/clients/qgis.sh run, and translations (doc/es/tutorial.md): their sql and text blocks are those of the English page (index: the README), in its order.
# And a page with a formula has its sections in the order of all others. TAP on standard output.
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
    next if !-e $page || $page =~ m{/doc/(?:tutorial|qgis)\.md$};
    my $text = slurp($page);
    if ($page =~ m{/doc/(?:es|fr|pt|zh)/(\w+)\.md$}) {
        my $english = $1 eq 'index' ? "$root/README.md" : "$root/doc/$1.md";
        my ($theirs, $ours) = map { -e $_ ? join '', slurp($_) =~ /^```(?:sql|text)\n.*?^```\n/msg : 'no such page' } $english, $page;
        $n++;
        print $theirs eq $ours ? "ok" : "not ok", " $n - $page: the blocks of $english\n";
        $failed++ if $theirs ne $ours;
        next;
    }
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
my @sections = ('What it measures', 'Formula|Definitions', 'Arguments and units', 'NULL', 'Example', 'How to read it', 'Sources');
for my $page (glob("$root/doc/*.md")) {
    (my $text = slurp($page)) =~ s/^```.*?^```$//msg;
    my @headings = $text =~ /^## (.*)/mg;
    next if !grep { /^(?:Formula|Definitions)$/ } @headings;
    my ($at, $wrong) = (0, '');
    for my $section (@sections) {
        my ($found) = grep { $headings[$_] =~ /^(?:$section)/ } $at .. $#headings;
        if (defined $found) { $at = $found + 1 }
        else { $wrong .= "# no section '$section' in its place\n" }
    }
    $n++;
    print $wrong ? "not ok" : "ok", " $n - $page: sections in the order of all pages\n$wrong";
    $failed++ if $wrong;
}
print "1..$n\n";
exit($failed ? 1 : 0);
