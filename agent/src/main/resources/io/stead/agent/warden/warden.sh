#!/bin/sh
# Kills exclusive services when the node's lease is over and the agent has not said otherwise. Outlives the agent.
#
#   warden.sh DIRECTORY VERSION HOUSEHOLD
#
# In DIRECTORY, each file replaced whole by the agent:
#   deadline    the end of the lease, in hundredths of a second of /proc/uptime
#   exclusive   what to kill, in this order, a line each: GRACE KIND PATH; GRACE in hundredths, KIND "cgroup", "group" (a
#               directory of records) or "permit" (a file that is emptied, so that systemd starts its unit no more)
#   exit        it is to go
# and written here:
#   warden.pid  PID START-TICKS VERSION, as soon as it watches
#   killed.log  TIME SERVICE: WHY for each kill that found something, once until nothing is left; for people
#   warden.lock held as long as it lives; says the same as warden.pid
#
# One sleep a second, one at the deadline, and once all are killed that are due, one look at the clock; everything else is
# done by the shell itself.

dir=$1 version=$2 household=$3
umask 077
cd / || exit 1
exec 9>>"$dir/warden.lock" || exit 1
flock -n 9 || exit 75
sleep 0.01 || exit 69 # must know hundredths
if [ -n "$household" ]; then
    echo 0 >"$household/cgroup.procs"
fi
if [ -w "/proc/$$/oom_score_adj" ]; then
    { echo -1000 >"/proc/$$/oom_score_adj"; } 2>/dev/null
fi

# Kills whatever lives in a cgroup and below it; status 0 if there was anything.
kill_cgroup() {
    populated=1
    while read -r key value; do
        [ "$key" = populated ] && populated=$value
    done <"$1/cgroup.events"
    [ "$populated" = 1 ] || return 1
    if [ -e "$1/cgroup.kill" ]; then
        echo 1 >"$1/cgroup.kill"
    else
        kill_processes "$1"
    fi
    return 0
}

# Before Linux 5.14: process by process, until no new ones appear.
kill_processes() {
    for below in "$1"/*/; do
        [ -d "$below" ] && kill_processes "${below%/}"
    done
    for round in 1 2 3 4 5 6 7 8 9 10; do
        found=
        while read -r pid; do
            found=1
            kill -9 "$pid"
        done <"$1/cgroup.procs"
        [ -n "$found" ] || return
    done
}

# Kills the process groups and the carriers of the cookies that the records of one service name.
kill_group() {
    killed=1
    for record in "$1"/*; do
        [ -f "$record" ] || continue
        cookie= group= ticks=
        while read -r word first second; do
            case $word in
            cookie) cookie=$first ;;
            group) group=$first ticks=$second ;;
            esac
        done <"$record"
        if [ -n "$group" ] && ours "$group" "$ticks" && kill -9 "-$group"; then
            killed=0
        fi
        [ -n "$cookie" ] || continue
        for environ in $(grep -l -F "STEAD_COOKIE=$cookie" /proc/[0-9]*/environ 9>&-); do
            pid=${environ#/proc/}
            kill -9 "${pid%/environ}" && killed=0
        done
    done
    return "$killed"
}

# A unit starts only while its permit holds something; status 0 if it did.
kill_permit() {
    [ -s "$1" ] && : >"$1"
}

# Whether a process group is still the one recorded: its leader is gone or started when the record says.
ours() {
    stat=
    { read -r stat <"/proc/$1/stat"; } || return 0
    set -- "$2" ${stat##*) }
    [ "$1" = "${21}" ]
} 2>/dev/null

# Sets the line about a kill that has been made: which service, why, and where it lived.
tell() {
    name=${path##*/}
    [ "$kind" = group ] || name=${name#service-}
    why="this node's lease was over and had not been renewed"
    [ "$deadline" -gt 0 ] || why="no lease of this node was known"
    [ "$grace" -eq 0 ] || why="$why, and its stop-grace was over"
    deed=killed
    [ "$kind" != permit ] || deed='its systemd unit may not start any more'
    line="$name: $deed, for $why ($kind $path)"
}

# Writes down what has just been killed, with the time.
log() {
    time=$(date -u +%Y-%m-%dT%H:%M:%SZ 9>&-)
    while read -r line; do
        [ -z "$line" ] || echo "$time $line" >>"$dir/killed.log"
    done
}

read -r stat <"/proc/$$/stat"
set -- ${stat##*) }
echo "$$ ${20} $version" >"$dir/warden.lock"
echo "$$ ${20} $version" >"$dir/warden.pid.tmp" && mv -f "$dir/warden.pid.tmp" "$dir/warden.pid" || exit 1

newline='
'
deadline=0
struck=
while [ -d "$dir" ] && [ ! -e "$dir/exit" ]; do
    text=
    [ -e "$dir/deadline" ] && read -r text <"$dir/deadline"
    case $text in
    '' | *[!0-9]*) ;; # not one of ours: the last good one stands
    *) deadline=$text ;;
    esac
    read -r now idle </proc/uptime
    now=${now%.*}${now#*.}
    # At the deadline it looks even if nothing is listed yet: something may be until then.
    pause=$((deadline - now))
    if [ "$pause" -le 0 ] || [ "$pause" -gt 100 ]; then
        pause=100
    fi
    alive=
    news=
    if [ -e "$dir/exclusive" ]; then
        while read -r grace kind path; do
            case $grace in
            '' | *[!0-9]*) continue ;;
            esac
            rest=$((deadline + grace - now))
            if [ "$rest" -gt 0 ]; then
                [ "$rest" -ge "$pause" ] || pause=$rest
            elif [ -e "$path" ] && "kill_$kind" "$path" 2>/dev/null; then
                case $struck in
                *"|$path|"*) ;;
                *)
                    tell
                    news=$news$line$newline
                    ;;
                esac
                alive="$alive|$path|"
                pause=10
            fi
        done <"$dir/exclusive"
    fi
    struck=$alive
    if [ -n "$news" ]; then
        log <<END
$news
END
    fi
    case $pause in
    100) pause=1 ;;
    ?) pause=0.0$pause ;;
    *) pause=0.$pause ;;
    esac
    sleep "$pause" 9>&-
done
