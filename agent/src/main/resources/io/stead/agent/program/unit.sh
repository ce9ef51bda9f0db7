#!/bin/sh
# Starts, stops and looks after a systemd unit for Stead; docs/adr/0009-systemd-units.md has the reasons.
#
#   unit.sh VERB UNIT SLICE CGROUP PERMIT exclusive|shared
#
#   VERB       start, stop or monitor
#   SLICE      the systemd slice that the unit is put into, and CGROUP the directory where its processes are then found
#   PERMIT     the unit starts only while this file holds something, whoever asks for it
#   exclusive  nothing but Stead may start it here
#
# What it says goes to the operator. Exit 3: the unit does not work, 6: refused, and nothing was done to it.

verb=$1 unit=$2 slice=$3 cgroup=$4 permit=$5 whose=$6
umask 022
drop_in=/run/systemd/system/$unit.d/zz-stead.conf

say() {
    printf '%s\n' "$*"
}

# The stop that follows a failed start must not stop what the start has not touched.
refuse() {
    say "$*"
    [ "$verb" != start ] || say "$STEAD_GENERATION" >"$permit:refused"
    exit 6
}

ctl() {
    systemctl --no-ask-password "$@"
}

# While systemd is exchanged for a newer one nobody answers. A start is not repeated.
again() {
    "$@" || { sleep 1 && "$@"; }
}

ask() {
    for round in 1 2 3 4 5; do
        shown=$(ctl show "$@") && return
        sleep 1
    done
    say "systemd does not answer"
    exit 1
}

look() {
    load='' active='' result='' file='' starters='' drop_ins='' in_slice='' restart='' group=''
    ask --property=LoadState,ActiveState,Result,UnitFileState,DropInPaths,Slice,Restart,ControlGroup \
        --property=WantedBy,RequiredBy,BoundBy,UpheldBy,TriggeredBy -- "$unit"
    while IFS='=' read -r key value; do
        case $key in
        LoadState) load=$value ;;
        ActiveState) active=$value ;;
        Result) result=$value ;;
        UnitFileState) file=$value ;;
        DropInPaths) drop_ins=" $value " ;;
        Slice) in_slice=$value ;;
        Restart) restart=$value ;;
        ControlGroup) group=$value ;;
        WantedBy | RequiredBy | BoundBy | UpheldBy | TriggeredBy) starters="$starters${value:+ $value}" ;;
        esac
    done <<END
$shown
END
}

refuse_what_cannot_be() {
    case $load in
    loaded) ;;
    not-found) refuse "$unit is not known to systemd here: install it" ;;
    *) refuse "$unit cannot be started, its state is $load: see systemctl status $unit" ;;
    esac
    if [ "$whose" = exclusive ]; then
        case $file in
        enabled*) refuse "$unit is enabled, so that this host starts it at boot, wherever it runs then:" \
            "systemctl disable $unit" ;;
        esac
        [ -z "$starters" ] || refuse "$unit is also started by$starters, wherever it runs then: see to it that" \
            "nothing on this host wants, requires or triggers it"
    fi
    [ -e "$drop_in" ] || return 0
    while IFS='=' read -r key value; do
        if [ "$key" = ConditionFileNotEmpty ] && [ "$value" != "$permit" ] && [ -s "$value" ]; then
            refuse "$unit is run by another service already, whose permit is $value: give each a unit of its own"
        fi
    done <"$drop_in"
}

# Last by its name, so that no other drop-in has the last word.
take_over() {
    wanted="# $unit is run by Stead, as service $STEAD_SERVICE of node $STEAD_NODE. This file goes when Stead stops it.
# To take it back by hand: delete this file, then systemctl daemon-reload.
[Unit]
ConditionFileNotEmpty=$permit
StartLimitIntervalSec=0
[Service]
Slice=$slice
Restart=no
RestartForceExitStatus="
    [ -e "$drop_in" ] && [ "$(cat "$drop_in")" = "$wanted" ] && case $drop_ins in *" $drop_in "*) return ;; esac
    mkdir -p "${drop_in%/*}" && say "$wanted" >"$drop_in.tmp" && mv -f "$drop_in.tmp" "$drop_in" || exit 1
    again ctl daemon-reload || exit 1
    look
    if [ "$in_slice" != "$slice" ] || [ "$restart" != no ]; then
        release
        refuse "$unit has Slice=$in_slice and Restart=$restart whatever Stead's drop-in says: see systemctl cat $unit"
    fi
}

# Nothing of Stead's is left in systemd.
release() {
    [ -e "$drop_in" ] || return 0
    rm -f "$drop_in"
    rmdir "${drop_in%/*}" 2>/dev/null
    again ctl daemon-reload && again ctl stop -- "$slice"
}

# Where its processes are, there they are counted and killed; nowhere else.
check_place() {
    [ -n "$group" ] || return 0 # it has none
    case $group in
    */"$slice"/*) [ -d "$cgroup" ] && return ;;
    esac
    say "the processes of $unit are in $group and cannot be watched there: Stead needs a systemd that uses cgroup v2"
    exit 1
}

if [ ! -d /run/systemd/system ] || ! command -v systemctl >/dev/null; then
    refuse "systemd does not run on this host: use run or ocf"
fi

case $verb in
start)
    look
    refuse_what_cannot_be
    case $active in
    inactive | failed) ;;
    *)
        say "$unit runs already, started by somebody else: it is stopped, to be started by Stead"
        again ctl stop -- "$unit" || exit
        ;;
    esac
    take_over
    say "$STEAD_GENERATION" >"$permit" || exit 1
    ctl start -- "$unit" || exit
    look
    case $active in
    active | reloading) check_place ;;
    inactive)
        say "$unit is inactive after its start: a condition of its own does not hold, or it is of Type=oneshot and" \
            "needs RemainAfterExit=yes; see systemctl status $unit"
        exit 1
        ;;
    *)
        say "$unit is $active after its start, with result $result: see journalctl -u $unit"
        exit 1
        ;;
    esac
    ;;
stop)
    refused=
    [ ! -e "$permit:refused" ] || read -r refused <"$permit:refused"
    [ "$refused" != "$STEAD_GENERATION" ] || exit 0
    [ ! -e "$permit" ] || : >"$permit"
    look
    [ "$load" = not-found ] && [ "$active" = inactive ] || again ctl stop -- "$unit" || exit
    release
    rm -f "$permit" "$permit:refused"
    ;;
monitor)
    look
    if [ -e "$permit" ] && [ ! -e "$drop_in" ]; then
        say "somebody has deleted $drop_in, which keeps $unit to Stead"
        exit 3
    fi
    case $active in
    active | reloading | refreshing | activating) ;;
    *)
        say "$unit is $active, with result $result"
        exit 3
        ;;
    esac
    ;;
*)
    say "a unit knows no $verb"
    exit 3
    ;;
esac
