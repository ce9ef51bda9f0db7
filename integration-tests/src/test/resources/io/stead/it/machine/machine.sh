#!/bin/sh
# Becomes a host with a systemd of its own. Its files are those of this host, in memory wherever it changes them; its
# network is this host's; its processes, its units and its cgroups are its own. All mounts go with its last process.
#
#   machine.sh NAME DIRECTORY CGROUP… -- OPTION…
#
#   DIRECTORY  an empty one, to mount all that at
#   CGROUP     directories of the hierarchies that systemd needs, made here: of version 2, and of version 1 for its name
#   OPTION     of systemd-nspawn, such as --bind=DIRECTORY

set -eu
name=$1 directory=$2
shift 2
while [ "$1" != -- ]; do
    mkdir "$1"
    echo 0 >"$1/cgroup.procs"
    shift
done
shift
# The program between unshare and the last exec knows where it is by its arguments alone.
exec unshare --mount --propagation private /bin/sh -euc '
    name=$1 directory=$2
    shift 2
    mount -t tmpfs tmpfs "$directory"
    cd "$directory"
    mkdir upper work root
    mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work root
    exec systemd-nspawn --quiet --directory=root --boot --register=no --keep-unit --machine="$name" --console=pipe \
        --link-journal=no --resolv-conf=off --timezone=off --tmpfs=/etc/systemd/system "$@" </dev/null
' machine "$name" "$directory" "$@"
