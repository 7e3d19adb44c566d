#!/usr/bin/perl
# Mutation check of the cores: flips one sign, comparison or constant at a time and asks whether the stem's unit test notices.
# test/mutate.pl [--per-file N] [stem...]; prints survivors and the share that was caught; fails below 90 %.
use strict;
use warnings;
use File::Temp 'tempdir';

my $per = 12;
my @stems;
while (my $a = shift) { if ($a eq '--per-file') { $per = shift } else { push @stems, $a } }
@stems = map { m{src/core/(.*)\.c} ? $1 : () } glob 'src/core/*.c' unless @stems;
my $dir = tempdir(CLEANUP => 1);
my $cc = 'gcc -std=gnu11 -O1 -ffp-contract=off -w';
my @all = map { m{src/core/(.*)\.c} } glob 'src/core/*.c';
sub quiet { system("timeout 60 sh -c '$_[0]' >/dev/null 2>&1") == 0 }
for (@all) { quiet("$cc -c -o $dir/$_.o src/core/$_.c") or die "$_ does not compile\n" }
quiet("$cc -c -o $dir/host.o test/unit/host.c");

my @rules = ([qr/ \+ /, ' - '], [qr/ - /, ' + '], [qr/ \* /, ' / '], [qr/ \/ /, ' * '], [qr/ < /, ' <= '], [qr/ <= /, ' < '], [qr/ > /, ' >= '], [qr/ >= /, ' > '],
    [qr/ == /, ' != '], [qr/ != /, ' == '], [qr/ && /, ' || '], [qr/ \|\| /, ' && '], [qr/\+= /, '-= '], [qr/-= /, '+= '], [qr/\b2\b/, '3'], [qr/\b0\.5\b/, '0.25']);
srand 20260101;
my ($caught, $total) = (0, 0);
for my $stem (@stems) {
    next unless -e "test/unit/$stem.c";
    open my $in, '<', "src/core/$stem.c" or die; my @lines = <$in>; close $in;
    my @places;
    my $comment = 0;
    for my $i (0 .. $#lines) {
        my $line = $lines[$i];
        $comment = 1 if $line =~ m{/\*};
        my $skip = $comment || $line =~ /^\s*#|tb_alloc|tb_tick|TICK/;
        $comment = 0 if $line =~ m{\*/};
        next if $skip;
        for my $r (0 .. $#rules) { push @places, [$i, $r] if $line =~ $rules[$r][0] }
    }
    for (1 .. $per) {
        last unless @places;
        my ($place) = splice @places, rand @places, 1;
        my ($i, $r) = @$place;
        my @mutant = @lines;
        $mutant[$i] =~ s/$rules[$r][0]/$rules[$r][1]/;
        open my $out, '>', "$dir/mutant.c" or die; print $out @mutant; close $out;
        next unless quiet("$cc -Isrc/core -c -o $dir/mutant.o $dir/mutant.c");
        my @objects = map { $_ eq $stem ? "$dir/mutant.o" : "$dir/$_.o" } @all;
        next unless quiet("$cc -o $dir/unit test/unit/$stem.c $dir/host.o @objects -lgeos_c -lm");
        $total++;
        if (quiet("ulimit -v 4000000; timeout 20 $dir/unit")) { print "survived $stem.c:", $i + 1, ": $mutant[$i]" }
        else { $caught++ }
    }
}
my $share = $total ? 100 * $caught / $total : 0;
printf "%d of %d mutants caught (%.0f %%)\n", $caught, $total, $share;
exit($share >= 90 ? 0 : 1);
