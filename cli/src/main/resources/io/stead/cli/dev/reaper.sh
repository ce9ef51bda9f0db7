#!/bin/sh
# Ends what `stead dev` has begun, however dev itself ends: its end closes this shell's standard input.
#
#   reaper.sh DIR NAME keep|remove
#
# What belongs to the trial is known by its environment: agents carry STEAD_DEV_AGENT=DIR/, the server carries
# STEAD_DEV_ZOOKEEPER=DIR/, and what agents run carries STEAD_ACTION_FILE=DIR/... An agent that was killed leaves more behind:
# its warden, whose environment is empty, and as root its directory in /run/stead and its cgroups. Those are called
# NAME.<node>, and no other trial has this NAME. Nothing else is touched.

dir=$1 name=$2 after=$3
trap '' INT TERM HUP
cd / || exit 1

carriers() {
    for environ in $(grep -l -F "$1=$dir/" /proc/[0-9]*/environ 2>/dev/null); do
        pid=${environ#/proc/}
        echo "${pid%/environ}"
    done
}

# A process id that was recorded may be another's by now: the warden's own command line names its directory.
wardens() {
    for warden in "/run/stead/$name".*/warden "$dir"/*/run/warden; do
        pid=
        [ -f "$warden/warden.pid" ] && read -r pid rest <"$warden/warden.pid"
        [ -n "$pid" ] && grep -q -s -a -F "$warden" "/proc/$pid/cmdline" && echo "$pid"
    done
}

cgroups() {
    while read -r device mount type rest; do
        [ "$type" = cgroup2 ] || continue
        for group in "$mount/stead/$name".*; do
            [ -d "$group" ] && echo "$group"
        done
    done </proc/self/mounts
}

signal() {
    signal=$1
    shift
    for pid in $("$@"); do
        kill "-$signal" "$pid" 2>/dev/null
    done
}

uptime() {
    read -r seconds rest </proc/uptime
    echo "${seconds%.*}"
}

# Waits until there are none any more, for so many seconds at most.
await() {
    end=$(($(uptime) + $1))
    shift
    while [ -n "$("$@")" ] && [ "$(uptime)" -lt "$end" ]; do
        sleep 0.1
    done
}

# Kills all that lives in the cgroups and takes away those that are empty; says which are left.
dissolve() {
    for group in $(cgroups); do
        find "$group" -name cgroup.procs -exec cat {} + | while read -r pid; do
            kill -KILL "$pid"
        done
        find "$group" -depth -type d -exec rmdir {} \;
    done 2>/dev/null
    cgroups
}

cat >/dev/null

# An agent halts what it runs before it ends; for that it must not be stopped, and needs ZooKeeper, which goes last.
signal TERM carriers STEAD_DEV_AGENT
signal CONT carriers STEAD_DEV_AGENT
await 15 carriers STEAD_DEV_AGENT
signal KILL carriers STEAD_DEV_AGENT
signal KILL carriers STEAD_ACTION_FILE

for warden in "/run/stead/$name".*/warden "$dir"/*/run/warden; do
    [ -d "$warden" ] && : >"$warden/exit"
done
await 3 wardens
signal KILL wardens
await 5 dissolve
rm -rf "/run/stead/$name".*

signal KILL carriers STEAD_DEV_ZOOKEEPER
await 5 carriers STEAD_DEV_ZOOKEEPER
if [ "$after" = remove ]; then
    rm -rf "$dir"
fi
