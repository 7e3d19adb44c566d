#!/usr/bin/env bash
# Does the tutorial hold from top to bottom? Its blocks are run in their order in a copy of doc/tutorial: sql by psql, sh by the shell; what a block prints is the text block
# behind it, where there is one, and is no error where there is none. TUTORIAL=write writes those text blocks anew.
. "$(dirname "$0")/tap.bash"
command -v ogr2ogr >/dev/null || skip_all "ogr2ogr is not installed (Debian: gdal-bin)"
unset PGOPTIONS
created+=(territory)
dropdb --force --if-exists territory >/dev/null 2>&1
cp "$here"/doc/tutorial/* "$scratch"
chmod 777 "$scratch"
to=$scratch perl -0777 -ne 'while (/^```(sql|sh)\n(.*?)^```\n(?:```text\n(.*?)^```\n)?/msg) {
    my $file = sprintf "%s/block%02d", $ENV{to}, $n++;
    for ([$1, $2], ["want", $3]) { next unless defined $$_[1]; open my $out, ">", "$file.$$_[0]"; print $out $$_[1] } }' "$here/doc/tutorial.md"
cd "$scratch" || exit 1
for block in block*.s*; do
    if [ "${block##*.}" = sql ]; then psql -X -d territory <"$block"; else bash -e "$block"; fi >have 2>&1
    sed -Ei 's/[ \t]+$//; /^(CREATE [A-Z]+|COPY [0-9]+|INSERT 0 [0-9]+|UPDATE [0-9]+|Output format is .*|Tuples only is .*|LINE [0-9]+:.*|Null display.*)$/d' have
    cp have "${block%.*}.have"
    title="${block%.*}: $(head -n 1 "$block")"
    if [ -e "${block%.*}.want" ]; then
        sed -Ei 's/[ \t]+$//' "${block%.*}.want"
        diff -B have "${block%.*}.want" >difference
        ok $? "$title"
        sed 's/^/#   /' difference
    else
        is "$(grep -E 'ERROR|FATAL|error' have)" '' "$title"
    fi
done
[ "${TUTORIAL:-}" != write ] || from=$scratch perl -0777 -i -pe 'sub have { open my $in, "<", sprintf "%s/block%02d.have", $ENV{from}, $_[0] or die; my $t = <$in> // ""; $t =~ s/\n*\z/\n/; $t }
    s{(^```(?:sql|sh)\n.*?^```\n)(```text\n.*?^```\n)?}{my $have = have($n++); defined $2 ? "$1```text\n$have```\n" : $1}mseg' "$here/doc/tutorial.md"
is "$(grep -c '<path' map.svg)" 10 'the map has its ten polygons'
finish
