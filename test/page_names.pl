#!/usr/bin/perl
# Does any page speak of what does not exist? Names of the catalogue come on standard input, one a line. TAP on standard output.
#   page_names.pl ROOT <names
# A function that users find (schema terrbal) comes again with a + before it, one that they do not (terrbal_support) with a -.
# Fenced blocks are run elsewhere (doc-check.pl, page.pl); this is about the prose: `name(...)` and `terrbal.name` must be in the catalogue, and a word like
# `this_one` must be there, in the code, or in a block of its page. Hints of errors are read too: what a hint names must exist.
use strict;
use warnings;

my $root = shift // '.';
my %known = map { chomp; lc($_) => 1 } <STDIN>;
my @product = sort map { /^\+(.*)/ ? $1 : () } keys %known;
my $support = join '|', map { /^-(.*)/ ? quotemeta $1 : () } keys %known;
die "names of functions are missing\n" unless @product > 300 && $support;
# what other programs call
my %foreign = map { $_ => 1 } qw(cron.schedule schedule read_postgis st_read st_aswkb sqlexecutequeryoperator __timefilter department flat province);

sub slurp { my ($file) = @_; local $/; open my $in, '<', $file or die "$file: $!\n"; return <$in> }
my %word;
for my $file (glob("$root/src/*.[ch] $root/src/core/*/*.[ch] $root/sql/*.sql $root/test/*/*.sql $root/test/*/*.sh $root/test/*.sh $root/Makefile $root/doc/site/* $root/doc/demo/*.sql $root/doc/qgis/*")) {
    next unless -f $file;
    $word{lc $_} = 1 for slurp($file) =~ /([A-Za-z_][A-Za-z0-9_]*)/g;
}
s{.*/}{}, s{\.\w+$}{}, $word{$_} = 1 for glob("$root/test/*/*.s*");
# programs, settings and names of other projects
$word{$_} = 1 for qw(pg_buildext pg_dump pg_restore parallel_workers heap_form_minimal_tuple shm_mq tuplestore_puttupleslot worker_partial_agg clear_page_erms exc_page_fault libgeos_c sql_table allocate_total primary_key);

my ($n, $failed) = (0, 0);
sub verdict {
    my ($what, @wrong) = @_;
    $n++;
    $failed++ if @wrong;
    print @wrong ? 'not ok' : 'ok', " $n - $what\n", map { "# no such thing: $_\n" } @wrong;
}
for my $page ("$root/README.md", glob("$root/doc/*.md $root/doc/*/*.md")) {
    my $text = slurp($page);
    my %here = map { lc($_) => 1 } map { /([A-Za-z_][A-Za-z0-9_]*)/g } $text =~ /^```.*?^(.*?)^```/msg;
    $text =~ s/^```.*?^```//msg;
    my %wrong;
    while ($text =~ /`([^`\n]+)`/g) {
        my $code = $1;
        for ($code =~ /(?<![A-Za-z0-9_\$])([A-Za-z_][A-Za-z0-9_]*)\(/g) { my $name = lc; $wrong{"$name("} = 1 unless $known{$name} || $foreign{$name} || $here{$name} || $name =~ /^(?:_state|tb_\w+)$/ }
        for ($code =~ /\bterrbal\.([a-z_0-9]+)/g) { $wrong{"terrbal.$_"} = 1 unless $known{$_} || /^(?:so|control)$/ }
        $wrong{$code} = 1 if $code =~ /^[a-z][a-z0-9]*(?:_[a-z0-9]+)+$/ && !$known{$code} && !$word{$code} && !$here{$code};
    }
    (my $name = $page) =~ s{^\Q$root\E/}{};
    verdict("$name names what exists", sort keys %wrong);
}
my %dead;
for my $page ("$root/README.md", glob("$root/doc/*.md $root/doc/*/*.md")) {
    (my $folder = $page) =~ s{[^/]*$}{};
    (my $text = slurp($page)) =~ s/^```.*?^```|`[^`\n]+`//msg;
    -e "$folder$_" or $dead{"$page -> $_"} = 1 for grep { !/^[a-z]+:/ } $text =~ /\]\(([^)#\s]+)/g;
}
verdict('every link of a page leads somewhere', sort keys %dead);
my %lost;
for my $row (split /\n/, slurp("$root/doc/choosing.md")) {
    my @pages = $row =~ /^\|.*\]\((\w+\.md)\)/ ? $row =~ /\]\((\w+\.md)\)/g : next;
    my $text = join '', map { slurp("$root/doc/$_") } @pages;
    $text =~ /\b$_\b/ or $lost{"$_ on @pages"} = 1 for $row =~ /`(\w+)`/g;
}
verdict('a page that doc/choosing.md gives for a function speaks of it', sort keys %lost);
my $choosing = slurp("$root/doc/choosing.md");
my %near = map { $_ => 1 } map { /(\w+)/g } $choosing, map { slurp("$root/doc/$_") } grep { $_ ne 'reference.md' } $choosing =~ /\]\((\w+\.md)/g;
verdict('doc/choosing.md, or a page that it gives, names every function of schema terrbal', grep { !$near{$_} } @product);
my @pages = ("$root/README.md", grep { !m{/reference\.md$} } glob("$root/doc/*.md $root/doc/*/*.md"));
my %named = map { $_ => 1 } map { slurp($_) =~ /(\w+)/g } @pages;
verdict('every function of schema terrbal is named on a page: what no user calls belongs to terrbal_support (sql/99-support.sql)', grep { !$named{$_} } @product);
my %shown;
for my $page (@pages) {
    (my $text = slurp($page)) =~ s/^```text\n.*?^```//msg;
    $shown{"$_ on $page"} = 1 for $text =~ /(?<!terrbal_support\.)(?<!\w)((?:$support)\()/g;
}
verdict('no page calls a support function without the name of its schema', sort keys %shown);
my %wrong;
for my $file (glob("$root/src/*.[ch] $root/sql/[0-9]*.sql")) {
    my $text = slurp($file);
    while ($text =~ /(?:errhint\(|HINT = )((?:\s*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'))+)/g) {
        for ($1 =~ /\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\b/g) { $wrong{"$_ ($file)"} = 1 unless $known{$_} }
    }
}
verdict('hints of errors name what exists', sort keys %wrong);
print "1..$n\n";
exit($failed ? 1 : 0);
