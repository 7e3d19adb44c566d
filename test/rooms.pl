#!/usr/bin/perl
# test/rooms.pl ROOT ROOM...: holds the core's includes to the order of its rooms. The first room stands on nothing, the second on the first, and every
# other one on these two; rooms of topics do not know each other. A file outside the rooms is a fault too.
use strict;
use warnings;

my ($root, @rooms) = @ARGV;
my ($base, $state, @topics) = @rooms;
my %below = ($base => {}, $state => {$base => 1}, map { $_ => {$base => 1, $state => 1} } @topics);
my $faults = 0;
sub fault { print "@_\n"; $faults++ }

my @stray = glob "$root/src/core/*.[ch]";
fault("$_: stands in no room") for @stray;
for my $room (@rooms) {
    my @files = glob "$root/src/core/$room/*.[ch]" or fault("src/core/$room: an empty room");
    for my $file (@files) {
        open my $in, '<', $file or die "$file: $!\n";
        while (<$in>) {
            my ($path) = /^#include "([^"]+)"/ or next;
            if (my ($other) = $path =~ m{^\.\./(\w+)/\w+\.h$}) {
                fault("$file:$.: $room may not lean on $other") unless $below{$room}{$other};
            } elsif ($path !~ /^\w+\.h$/ || !-e "$root/src/core/$room/$path") {
                fault("$file:$.: \"$path\" is no header of a room");
            }
        }
    }
}
exit($faults ? 1 : 0);
