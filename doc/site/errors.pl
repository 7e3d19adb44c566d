#!/usr/bin/perl
# The page of errors: every message that a regression test has seen, under the page that explains it. A reader who searches the site for an error finds it here.
#   errors.pl ROOT >errors.md
use strict;
use warnings;

my ($root) = @ARGV;
my %other = (flow_state => 'flow', readme => 'index', settlement_blocks => 'settlement');
my %said; # page, message: hint
for my $file (sort glob "$root/expected/*.out") {
    my ($stem) = $file =~ m{([^/]+)\.out$};
    (my $page = $other{$stem} // $stem) =~ s{^system_}{systems/};
    next unless $page eq 'index' || -e "$root/doc/$page.md";
    open my $in, '<:raw', $file or die "$file: $!\n";
    my $message;
    while (my $line = <$in>) {
        chomp $line;
        if ($line =~ /^ERROR:  (.+)/) { $said{$page}{ $message = $1 } //= '' }
        elsif ($line =~ /^HINT:  (.+)/) { $said{$page}{$message} = $1 if defined $message }
        elsif ($line !~ /^DETAIL:  /) { undef $message }
    }
}
sub cell { my ($t) = @_; $t =~ s/([|<>*_\[\]])/\\$1/g; return $t }
sub title {
    my ($page) = @_;
    open my $in, '<:raw', "$root/" . ($page eq 'index' ? 'README.md' : "doc/$page.md") or die "$page: $!\n";
    (my $first = <$in>) =~ s/^# |\n//g;
    return $first;
}
print "# Errors\n\nErrors as the tests have seen them, with example values, below the page that explains them. To find yours, search this page for its words, or the site for two or three rare ones with a plus before each: +tie +partition.\n";
for my $page (sort keys %said) {
    printf "\n## %s\n\n[%s](%s.md) explains what it takes.\n\n| error | hint |\n|---|---|\n", title($page), title($page), $page;
    printf "| %s | %s |\n", cell($_), cell($said{$page}{$_}) for sort keys %{ $said{$page} };
}
