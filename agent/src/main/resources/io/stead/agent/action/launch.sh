#!/bin/sh
# Runs one action and writes down how it ended. It outlives the agent, so that an agent that was killed learns the outcome.
#
#   launch.sh outer BASE MEMO HOUSEHOLD KIND CELL LEASE OWNER FILE [ARGUMENT…]
#
# It makes everything ready, then waits for a line on its standard input, and executes. If there is no such line before the
# end of the input, because the agent has died or needs it no more, it never executes anything.
#
#   BASE       names the files of this run: BASE.outcome, BASE.refused, BASE.began, BASE.off
#   MEMO       the agent's, written into the outcome as it is
#   HOUSEHOLD  a cgroup for this shell, or empty
#   KIND CELL  what the action is to live in: "cgroup" and its directory, or "group" and the file that records it
#   LEASE      a file with the end of the node's lease, in hundredths of a second of /proc/uptime, or empty
#   OWNER      the user that must own FILE
#
# The environment is the action's, with STEAD_COOKIE still called LAUNCH_COOKIE: whatever carries STEAD_COOKIE is part of
# the action, and arguments are for everybody to read. Its values and the arguments are never evaluated here: every
# expansion is quoted, and there is no eval.

stage=$1 base=$2 memo=$3 household=$4 kind=$5 cell=$6 lease=$7 owner=$8
shift 8

if [ "$stage" = outer ]; then
    umask 077
    if [ -n "$household" ]; then
        echo 0 >"$household/cgroup.procs"
    fi
    exec 4<&0 </dev/null # a shell gives what it starts with & no standard input
    STEAD_COOKIE=$LAUNCH_COOKIE setsid /bin/sh "$0" inner \
        "$base" "$memo" "$household" "$kind" "$cell" "$lease" "$owner" "$@" &
    exec 4<&-
    wait "$!"
    end="exit $?"
    if [ -e "$base.refused" ]; then
        read -r end <"$base.refused"
    fi
    read -r now idle </proc/uptime
    began=$now
    if [ -e "$base.began" ]; then
        read -r began <"$base.began"
    fi
    # Not by exec: who looks for this shell must find it until the outcome is there.
    printf '%s\n' "1 $began $memo $now $end" >"$base.outcome.tmp" && mv -f "$base.outcome.tmp" "$base.outcome"
    exit
fi

# From here on in a session of its own, with the cookie in its environment.
refuse() {
    printf '%s\n' "refused $*" >"$base.refused"
    exit 126
}

umask 077
case $kind in
cgroup)
    echo 0 >"$cell/cgroup.procs" || refuse cell
    ;;
group)
    read -r pid name state parent group session tty leader flags f1 f2 f3 f4 t1 t2 t3 t4 priority nice threads zero start rest \
        </proc/self/stat
    [ -e "$cell" ] || refuse cell # without the line about the cookie it would not hold anything
    echo "group $pid $start" >>"$cell" || refuse cell
    ;;
esac

# What is checked is what is executed: the file is opened once, and only the opened file is looked at.
file=$1
shift
if [ -L "$file" ]; then
    refuse irregular
elif [ ! -e "$file" ]; then
    refuse missing
elif [ ! -f "$file" ]; then
    refuse irregular
fi
command exec 3<"$file" || refuse unreadable
entry=$(exec ls -lnLd /proc/self/fd/3 3<&3) || refuse unreadable
mode=${entry%% *}
case $mode in
-*) ;;
*) refuse irregular ;;
esac
# mode, links, user: two words to skip, however many spaces there are
user=${entry#* }
user=${user#"${user%%[! ]*}"}
user=${user#* }
user=${user#"${user%%[! ]*}"}
user=${user%% *}
[ "$user" = "$owner" ] || refuse owner "$user"
case $mode in
?????w* | ????????w*) refuse writable ;;
esac
[ -x /proc/self/fd/3 ] || refuse inert

read -r word <&4 || refuse unneeded
[ "$file" -ef /proc/self/fd/3 ] || refuse replaced # while it stood ready

# Whoever kills the cell kills this process; whoever did so before it had entered has left word.
if [ -e "$base.off" ]; then
    refuse late
fi
read -r now idle </proc/uptime
if [ -n "$lease" ]; then
    end=0
    read -r end <"$lease"
    [ "${now%.*}${now#*.}" -lt "$end" ] || refuse late
fi
printf '%s\n' "$now" >"$base.began"

cd / || refuse cell
umask 022
ulimit -S -n 1024 2>/dev/null # a JVM raises its own to the highest, which many programs suffer from
unset PWD OLDPWD SHLVL _ LAUNCH_COOKIE
exec /proc/self/fd/3 "$@" 3<&3 4<&-
