#!/usr/bin/env bash
# The pages of doc/ as a static site with search: build/site/index.html. Needs mkdocs and mkdocs-material (Debian). A link that leads nowhere ends it.
#   doc/site/build.sh [folder]     default build
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
out=${1:-$here/build}
command -v mkdocs >/dev/null || { echo "mkdocs is not installed (Debian: mkdocs mkdocs-material)" >&2; exit 1; }
mkdir -p "$out/site_source"
cd "$out/site_source"
rm -rf pages
mkdir pages
(cd "$here/doc" && find . -name '*.md' -o -name '*.svg' -o -name '*.png' | tar -cf - -T -) | tar -xf - -C pages
cp "$here/doc/site/site.css" pages
# the README is the first page: its links and pictures are written from the root of the repository
sed -E 's,\]\(doc/,](,g; s,src="doc/,src=",g' "$here/README.md" >pages/index.md
"$here/doc/site/errors.pl" "$here" >pages/errors.md
perl - "$here" <<'PERL'
use strict;
use warnings;
my ($here) = @ARGV;
sub slurp { my ($f) = @_; open my $in, '<', $f or die "$f: $!\n"; local $/; return scalar <$in> }
sub spill { my ($f, $text) = @_; open my $out, '>', $f or die "$f: $!\n"; print $out $text }
chomp(my @pages = `cd pages && find . -name '*.md' | sed 's,^./,,' | sort`);
for my $page (@pages) {
    my $text = slurp("pages/$page");
    $text =~ s/\]\((?:\.\.\/)+README\.md(#[^)]*)?\)/'](index.md' . ($1 \/\/ '') . ')'/ge;
    # a list needs an empty line before it here, and a folder or file of the repository is named, not linked
    $text =~ s/^(?![-*] |\s*$|\|)(.+)\n(?=- )/$1\n\n/mg;
    $text =~ s/\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/my ($to, $at) = ($1, $2 \/\/ ''); $to =~ m{\.(?:md|svg|png)$} ? "]($to$at)" : "]"/ge;
    $text =~ s/\[([^\]]+)\](?!\(|\[|:)(?=[,.; )])/$1/g if $page eq 'index.md';
    # one anchor a function: reference.html#gini
    my %seen;
    $text =~ s/^\| `(\w+)(?=[(`])/$seen{$1}++ ? "| `$1" : "| <a id=\"$1\"><\/a>`$1"/mge if $page eq 'reference.md';
    spill("pages/$page", $text);
}
# navigation: what a list names and is not there goes; what is there and in no list joins the room of its SQL fragment, a worked page the territory
my $config = slurp("$here/doc/site/mkdocs.yml");
my %room = (1 => 'Operate', 2 => 'Shares', 3 => 'Shares', 4 => 'Flows', 5 => 'Territory', 6 => 'Land value', 7 => 'Land value', 8 => 'Monitor', 9 => 'Territory');
$config =~ s/(?<![\w\/])((?:\w+\/)?\w+\.md)(?:, )?|^ *- (\w+\.md)\n/-e 'pages\/' . ($1 \/\/ $2) ? $& : ''/mge;
for my $page (grep { !/\// && $config !~ /(?<![\w\/])\Q$_\E/ } @pages) {
    (my $stem = $page) =~ s/\.md$//;
    my ($fragment) = glob "$here/sql/[0-9][0-9]-$stem.sql";
    my $list = $fragment && $fragment =~ m{/(\d)\d-} ? $room{$1} : 'Territory';
    $config =~ s/^(  - \Q$list\E: \[.*)\]$/$1, $page]/m or die "$page: no list $list\n";
}
my %group = (INSTRUMENTS => [grep m{^instruments/}, @pages], SYSTEMS => [grep m{^systems/}, @pages]);
$config =~ s/\b(INSTRUMENTS|SYSTEMS)\b/"{" . ucfirst(lc $1) . ": [" . join(', ', @{ $group{$1} }) . "]}"/ge;
spill('mkdocs.yml', $config);
PERL
mkdocs build --quiet --site-dir "$out/site"
echo "$out/site/index.html"
