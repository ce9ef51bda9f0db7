#!/bin/sh
# Ends what `stead dev` has begun, however dev itself ends: its end closes this shell's standard input.
#
#   reaper.sh DIR keep|remove
#
# What belongs to the trial is known by its environment: agents carry STEAD_DEV_AGENT=DIR/, the server carries
# STEAD_DEV_ZOOKEEPER=DIR/, and what agents run carries STEAD_ACTION_FILE=DIR/... Nothing else is touched.

dir=$1 after=$2
trap '' INT TERM HUP
cd / || exit 1

carriers() {
    for environ in $(grep -l -F "$1=$dir/" /proc/[0-9]*/environ 2>/dev/null); do
        pid=${environ#/proc/}
        echo "${pid%/environ}"
    done
}

signal() {
    for pid in $(carriers "$2"); do
        kill "-$1" "$pid" 2>/dev/null
    done
}

# A tenth of a second each.
await() {
    rounds=$2
    while [ "$rounds" -gt 0 ] && [ -n "$(carriers "$1")" ]; do
        sleep 0.1
        rounds=$((rounds - 1))
    done
}

cat >/dev/null

# An agent halts what it runs before it ends; for that it needs ZooKeeper, which goes last.
signal TERM STEAD_DEV_AGENT
await STEAD_DEV_AGENT 150
signal KILL STEAD_DEV_AGENT
signal KILL STEAD_ACTION_FILE
signal KILL STEAD_DEV_ZOOKEEPER
await STEAD_DEV_ZOOKEEPER 50
if [ "$after" = remove ]; then
    rm -rf "$dir"
fi
