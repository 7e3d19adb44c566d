#!/usr/bin/perl
# Mutation check of the cores: flips one sign, operator, comparison or constant or drops one term at a time, or shifts a limit (< for <=), and asks
# whether a unit test notices: the stem's own, then those that call the stem or a core that does. AddressSanitizer and UBSan watch, so a read out of
# bounds counts.
# nice test/mutate.pl [--per-file N] [stem...]; prints survivors and `stem caught/total`, the same places every time; fails below 90 % of the flips.
# Shifted limits are counted apart: for real numbers and between two branches that agree there, most change nothing.
# Left out, as no result depends on it: ticks, room of buffers, when a table becomes a matrix, hashing.
use strict;
use warnings;
use File::Temp 'tempdir';

$| = 1;
my ($per, @stems) = (20);
while (my $a = shift) { if ($a eq '--per-file') { $per = shift } else { push @stems, $a } }
my %path = map { m{([^/]*)\.c$} ? ($1 => $_) : () } glob "src/core/*/*.c";
my @all = sort keys %path;
my @units = grep { $_ ne 'host' } map { m{([^/]*)\.c$} } glob 'test/unit/*.c';
@stems = grep { $_ ne 'step' } @all unless @stems; # when ticks come is no result
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

quiet("$cc -c -o $dir/$_.o $path{$_}") or die "$_ does not compile\n" for @all;
unit($_) or die "unit test $_ does not compile\n" for @units;
quiet("$cc -c -o $dir/host.o test/unit/host.c; ar rcs $dir/cores.a " . join ' ', map { "$dir/$_.o" } @all) or die;
# tests that compile their core once more
my %includes = map { m{test/unit/(.*)\.c} ? ($1 => 1) : () } `grep -l '#include.*core/.*\.c"' test/unit/*.c`;
my %uses = map { $_ => { map { $_ => 1 } symbols("$dir/$_.o", 'U') } } @all;
my %calls = map { $_ => { map { $_ => 1 } symbols("$dir/unit_$_.o", 'U') } } @units;

my @flips = ([qr/ \+ /, ' - '], [qr/ - /, ' + '], [qr/ \* /, ' / '], [qr/ \/ /, ' * '], [qr/ < /, ' >= '], [qr/ <= /, ' > '], [qr/ > /, ' <= '], [qr/ >= /, ' < '],
    [qr/ == /, ' != '], [qr/ != /, ' == '], [qr/ && /, ' || '], [qr/ \|\| /, ' && '], [qr/\+= /, '-= '], [qr/-= /, '+= '], [qr/(?<![\[\w.])2(?![\]\w])/, '3'],
    [qr/\b0\.5\b/, '0.25'], [qr/ [+-] [\w.\[\]>-]+(?=[;,)])/, '']);
my @edges = ([qr/ < /, ' <= '], [qr/ <= /, ' < '], [qr/ > /, ' >= '], [qr/ >= /, ' > ']);
my @rules = (@flips, @edges);
my (@caught, @total);
for my $stem (@stems) {
    open my $in, '<', $path{$stem} // '' or die "no core $stem\n";
    my @lines = <$in>;
    my ($comment, $head, @places) = (0, '');
    for my $i (0 .. $#lines) {
        $comment = 1 if $lines[$i] =~ m{^\s*/\*};
        $head = $lines[$i] if $lines[$i] =~ /^\w.*\)$/;
        my $skip = $comment || $lines[$i] =~ /^(\s*#|\w.*\)$)|tb_alloc|tick|^\s*tb_steps?\(|\bsince\b|progress|LIMIT|hash|0x[0-9a-f]{8}|UINT64_C/i || ($lines[$i + 1] // '') =~ /tb_(tick|progress)\(/
            || "$head$lines[$i]" =~ /\b(\w*(room|slots|slack|sides|capacity|reserve|hash)\w*|enlarged|grow|most_words)\(|room|slots|\blarger\b(?!\()/;
        $comment = 0 if $lines[$i] =~ m{\*/};
        next if $skip;
        (my $code = $lines[$i]) =~ s{/\*.*}{};
        for my $r (0 .. $#rules) { push @places, [$i, $r] if $code =~ $rules[$r][0] }
    }
    srand unpack '%32C*', $stem;
    my @own = grep { $_ eq $stem } @units;
    my %defines = map { $_ => 1 } symbols("$dir/$stem.o", 'T');
    my @through = grep { my $core = $_; grep { $uses{$core}{$_} } keys %defines } @all;
    $defines{$_} = 1 for map { symbols("$dir/$_.o", 'T') } @through;
    my @others = grep { my $u = $_; $u ne $stem && grep { $calls{$u}{$_} } keys %defines } @units;
    my ($noticed, $tried) = (0, 0);
    while ($tried < $per && @places) {
        my ($i, $r) = @{ splice @places, rand @places, 1 };
        my @mutant = @lines;
        $mutant[$i] =~ s/$rules[$r][0]/$rules[$r][1]/;
        open my $out, '>', "$dir/$path{$stem}" or die; print $out @mutant; close $out;
        next unless quiet("$cc -c -o $dir/mutant.o $dir/$path{$stem}");
        unit($_) for grep { $includes{$_} } @own;
        my ($kind, $by) = ($r > $#flips ? 1 : 0, 0);
        for (@own, @others) { last if $by = linked($_, "$dir/mutant.o") && !passes("$dir/run_$_") }
        $tried++, $total[$kind]++;
        if ($by) { $noticed++, $caught[$kind]++ }
        else { print $kind ? 'limit ' : '', "survived $stem.c:", $i + 1, ": $mutant[$i]" }
    }
    system "cp $path{$stem} $dir/$path{$stem}";
    unit($_) for grep { $includes{$_} } @own;
    print "$stem $noticed/$tried\n";
}
for my $kind (1, 0) {
    my ($c, $t) = ($caught[$kind] // 0, $total[$kind] // 0);
    printf "%d of %d %s caught (%.0f %%)\n", $c, $t, $kind ? 'shifted limits' : 'flips', $t ? 100 * $c / $t : 100;
    exit($t && $c < 0.9 * $t ? 1 : 0) unless $kind;
}
