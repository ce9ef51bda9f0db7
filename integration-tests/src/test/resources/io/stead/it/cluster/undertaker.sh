#!/bin/sh
# Ends what a test has started, however the test ended: reads orders, and acts when its input is at its end. That is when it
# is closed, or when the JVM of the test is gone.
#
#   undertaker.sh TOP
#
# TOP/RUN/orders keeps the orders, and TOP/RUN/lock is held as long as this lives: what an undertaker has left that was itself
# killed is ended by the next one. Prints the new RUN, for the test to keep its files in. Orders:
#
#   process PID    kill it
#   node CGROUP DIRECTORY    kill the cgroup with all that is below it, and remove both; of version 1 there is no killing

trap '' HUP INT TERM PIPE
top=$1
umask 077
mkdir -p "$top"

ticks() {
    stat=
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
    set -- ${stat##*) }
    echo "${20}"
}

bury() {
    [ -e "$1/orders" ] || : >"$1/orders"
    while read -r what which mark; do
        if [ "$what" = process ] && [ "$(ticks "$which")" = "$mark" ]; then
            kill -KILL "$which"
        fi
    done <"$1/orders"
    while read -r what which mark; do
        if [ "$what" = node ]; then
            round=0
            while [ -d "$which" ] && [ "$round" -lt 100 ]; do
                [ ! -e "$which/cgroup.kill" ] || echo 1 >"$which/cgroup.kill"
                find "$which" -depth -type d -exec rmdir {} \; 2>/dev/null
                [ ! -d "$which" ] || sleep 0.05 9>&-
                round=$((round + 1))
            done
            rm -rf "$mark"
        fi
    done <"$1/orders"
    while [ -e "$1" ] && ! rm -rf "$1"; do sleep 0.1 9>&-; done
}

exec 8>>"$top/lock"
flock 8
for left in "$top"/run-*; do
    if [ -d "$left" ] && flock -n "$left/lock" true; then
        echo "undertaker: $left was left behind" >&2
        bury "$left"
    fi
done
run=$(mktemp -d "$top/run-XXXXXX")
exec 9>>"$run/lock"
flock 9
exec 8>&-
echo "$run"
exec >&-

while read -r what which mark; do
    case $what in
    process) echo "process $which $(ticks "$which")" ;;
    *) echo "$what $which $mark" ;;
    esac >>"$run/orders"
done
bury "$run"
