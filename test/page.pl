#!/usr/bin/perl
# Runs the SQL of a page as a reader would who pastes it, top to bottom, in one session of psql, and compares what comes back with what the page shows.
#   page.pl DATABASE PAGE     TAP on standard output; where a block is followed by ```text, the two must agree, and elsewhere there must be no error
use strict;
use warnings;

my ($database, $page) = @ARGV;
open my $in, '<:raw', $page or die "$page: $!\n";
my $text = do { local $/; <$in> };
my @blocks;
while ($text =~ /^```sql\n(.*?)^```\n(?:\s*^```text\n(.*?)^```)?/msg) { push @blocks, [$1, $2] }
die "$page has no SQL\n" unless @blocks;

my $file = "/tmp/terrbal_page.$$";
open my $out, '>:raw', "$file.sql" or die "$file.sql: $!\n";
print $out "$_->[0]\n\\echo \@\@\@\n" for @blocks;
close $out;
$ENV{PGOPTIONS} = '-c client_min_messages=warning';
system("psql -qX -d '$database' -P null='' <$file.sql >$file.out 2>&1");
open my $result, '<:raw', "$file.out" or die "$file.out: $!\n";
my @seen = split /^\@\@\@\n/m, do { local $/; <$result> }, -1;
unlink "$file.sql", "$file.out";

sub tidy { my ($t) = @_; $t =~ s/[ \t]+$//mg; $t =~ s/\s+\z//; $t =~ s/\A\n+//; return $t }
my ($n, $failed) = (0, 0);
(my $name = $page) =~ s{.*/(?=(?:doc/|README))}{};
for my $i (0 .. $#blocks) {
    my ($sql, $shown) = @{ $blocks[$i] };
    my $have = tidy($seen[$i] // 'nothing came back');
    my $good = defined $shown ? $have eq tidy($shown) : $have !~ /^(?:ERROR|FATAL|nothing came back)/m;
    $n++;
    (my $title = (split /\n/, $sql)[0]) =~ s/#/\\#/g;
    print $good ? 'ok' : 'not ok', " $n - $name: $title\n";
    next if $good;
    $failed++;
    print map { "# $_\n" } 'have:', split(/\n/, $have), 'want:', split(/\n/, $shown // 'no error');
}
print "1..$n\n";
exit($failed ? 1 : 0);
