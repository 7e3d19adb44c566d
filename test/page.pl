#!/usr/bin/perl
# Runs the SQL of a page as a reader would who pastes it, top to bottom, in one session of psql, and compares what comes back with what the page shows.
#   page.pl [-s] DATABASE PAGE     TAP on standard output; where a block is followed by ```text, the two must agree, and elsewhere there must be no error;
#   -s: blocks of sh are run too, in their turn
use strict;
use warnings;

my $shell = @ARGV && $ARGV[0] eq '-s' && shift;
my ($database, $page) = @ARGV;
open my $in, '<:raw', $page or die "$page: $!\n";
my $text = do { local $/; <$in> };
my @blocks; # language, code, output
while ($text =~ /^```(sql|sh)\n(.*?)^```\n(?:\s*^```text\n(.*?)^```)?/msg) { push @blocks, [$1, $2, $3] if $1 eq 'sql' || $shell }
die "$page has no SQL\n" unless @blocks;

# blocks of one language that follow one another share a session
$ENV{PGOPTIONS} = '-c client_min_messages=warning';
$ENV{PGDATABASE} = $database;
my $file = "/tmp/terrbal_page.$$";
my @seen;
for (my $i = 0; $i < @blocks;) {
    my $language = $blocks[$i][0];
    my $print = $language eq 'sql' ? '\echo' : 'echo';
    my $from = $i;
    open my $out, '>:raw', "$file.code" or die "$file.code: $!\n";
    print $out "$blocks[$i++][1]\n$print \@\@\@\n" while $i < @blocks && $blocks[$i][0] eq $language;
    close $out;
    system(($language eq 'sql' ? "psql -qX -P null=''" : 'sh -e') . " <$file.code >$file.out 2>&1");
    open my $result, '<:raw', "$file.out" or die "$file.out: $!\n";
    my @part = split /^\@\@\@\n/m, do { local $/; <$result> }, -1;
    push @seen, @part[0 .. $i - $from - 1];
    unlink "$file.code", "$file.out";
}

sub tidy { my ($t) = @_; $t =~ s/[ \t]+$//mg; $t =~ s/\s+\z//; $t =~ s/\A\n+//; return $t }
my ($n, $failed) = (0, 0);
(my $name = $page) =~ s{.*/(?=(?:doc/|README))}{};
for my $i (0 .. $#blocks) {
    my (undef, $sql, $shown) = @{ $blocks[$i] };
    my $have = tidy($seen[$i] // 'nothing came back');
    my $good = defined $shown ? $have eq tidy($shown) : $have !~ /^(?:ERROR|FATAL|nothing came back|\w+: error)/m;
    $n++;
    (my $title = (split /\n/, $sql)[0]) =~ s/#/\\#/g;
    print $good ? 'ok' : 'not ok', " $n - $name: $title\n";
    next if $good;
    $failed++;
    print map { "# $_\n" } 'have:', split(/\n/, $have), 'want:', split(/\n/, $shown // 'no error');
}
print "1..$n\n";
exit($failed ? 1 : 0);
