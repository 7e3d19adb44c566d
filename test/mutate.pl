#!/usr/bin/perl
# Mutation check of the cores: flips one sign, comparison, constant or drops one term at a time and asks whether a unit test notices: the stem's own,
# then those of others that call the stem. Compiled with AddressSanitizer and UBSan, so a read out of bounds counts as noticed.
# nice test/mutate.pl [--per-file N] [stem...]; prints survivors and `stem caught/total`; the same places every time; fails below 90 %.
# Left out, as no result depends on it: ticks, room of buffers, hashing.
use strict;
use warnings;
use File::Temp 'tempdir';

$| = 1;
my ($per, @stems) = (20);
while (my $a = shift) { if ($a eq '--per-file') { $per = shift } else { push @stems, $a } }
my @all = map { m{([^/]*)\.c$} } glob 'src/core/*.c';
my @units = grep { $_ ne 'host' } map { m{([^/]*)\.c$} } glob 'test/unit/*.c';
@stems = @all unless @stems;
my $dir = tempdir(CLEANUP => 1);
system("cp -r --parents src/core test/unit $dir") == 0 or die;
my $cc = 'gcc -std=gnu11 -O0 -ffp-contract=off -w -fsanitize=address,undefined -fno-sanitize-recover=all';
$ENV{ASAN_OPTIONS} = 'detect_leaks=0:symbolize=0:max_allocation_size_mb=2000:hard_rss_limit_mb=3000';
$ENV{UBSAN_OPTIONS} = 'symbolize=0';
sub quiet { system("( $_[0] ) >/dev/null 2>&1") == 0 }
sub unit { quiet("$cc -c -o $dir/unit_$_[0].o $dir/test/unit/$_[0].c") }
sub passes { quiet("ulimit -t 10; timeout 120 $_[0]") }
sub linked { quiet("$cc -o $dir/run_$_[0] $_[1] $dir/unit_$_[0].o $dir/host.o $dir/cores.a -lgeos_c -lm") }
sub symbols { my ($file, $kind) = @_; map { / $kind (\w+)$/ ? $1 : () } `nm $file` }

quiet("$cc -c -o $dir/$_.o src/core/$_.c") or die "$_ does not compile\n" for @all;
unit($_) or die "unit test $_ does not compile\n" for @units;
quiet("$cc -c -o $dir/host.o test/unit/host.c; ar rcs $dir/cores.a " . join ' ', map { "$dir/$_.o" } @all) or die;
# tests that compile their core once more
my %includes = map { m{test/unit/(.*)\.c} ? ($1 => 1) : () } `grep -l '#include.*core/.*\.c"' test/unit/*.c`;
my %calls = map { $_ => { map { $_ => 1 } symbols("$dir/unit_$_.o", 'U') } } @units;

my @rules = ([qr/ \+ /, ' - '], [qr/ - /, ' + '], [qr/ \* /, ' / '], [qr/ \/ /, ' * '], [qr/ < /, ' <= '], [qr/ <= /, ' < '], [qr/ > /, ' >= '], [qr/ >= /, ' > '],
    [qr/ == /, ' != '], [qr/ != /, ' == '], [qr/ && /, ' || '], [qr/ \|\| /, ' && '], [qr/\+= /, '-= '], [qr/-= /, '+= '], [qr/(?<![\[\w.])2(?![\]\w])/, '3'],
    [qr/\b0\.5\b/, '0.25'], [qr/ [+-] [\w.\[\]>-]+(?=[;,)])/, '']);
my ($caught, $total) = (0, 0);
for my $stem (@stems) {
    open my $in, '<', "src/core/$stem.c" or die "no core $stem\n";
    my @lines = <$in>;
    my ($comment, @places) = 0;
    for my $i (0 .. $#lines) {
        $comment = 1 if $lines[$i] =~ m{^\s*/\*};
        my $skip = $comment || $lines[$i] =~ /^\s*#|^\w.*\)$|tb_alloc|tick|progress|capacity|room|slots|larger\b(?!\()|reserve|hash|0x[0-9a-f]{8}|UINT64_C/i || ($lines[$i + 1] // '') =~ /tb_(tick|progress)\(/;
        $comment = 0 if $lines[$i] =~ m{\*/};
        next if $skip;
        (my $code = $lines[$i]) =~ s{/\*.*}{};
        for my $r (0 .. $#rules) { push @places, [$i, $r] if $code =~ $rules[$r][0] }
    }
    srand unpack '%32C*', $stem;
    my @own = grep { $_ eq $stem } @units;
    my %defines = map { $_ => 1 } symbols("$dir/$stem.o", 'T');
    my @others = grep { my $u = $_; $u ne $stem && grep { $calls{$u}{$_} } keys %defines } @units;
    my ($noticed, $tried) = (0, 0);
    while ($tried < $per && @places) {
        my ($i, $r) = @{ splice @places, rand @places, 1 };
        my @mutant = @lines;
        $mutant[$i] =~ s/$rules[$r][0]/$rules[$r][1]/;
        open my $out, '>', "$dir/src/core/$stem.c" or die; print $out @mutant; close $out;
        next unless quiet("$cc -c -o $dir/mutant.o $dir/src/core/$stem.c");
        unit($_) for grep { $includes{$_} } @own;
        $tried++;
        if (grep { linked($_, "$dir/mutant.o") && !passes("$dir/run_$_") } @own) { $noticed++; next }
        my $by = 0;
        for (@others) { last if $by = linked($_, "$dir/mutant.o") && !passes("$dir/run_$_") }
        if ($by) { $noticed++ } else { print "survived $stem.c:", $i + 1, ": $mutant[$i]" }
    }
    system "cp src/core/$stem.c $dir/src/core";
    unit($_) for grep { $includes{$_} } @own;
    print "$stem $noticed/$tried\n";
    $caught += $noticed;
    $total += $tried;
}
my $share = $total ? 100 * $caught / $total : 0;
printf "%d of %d mutants caught (%.0f %%)\n", $caught, $total, $share;
exit($share >= 90 ? 0 : 1);
