#!/bin/sh
# What the services of the tests are made of: one file for all verbs. Each call leaves two lines in STAGE/calls:
#
#   NANOSECONDS NODE SERVICE VERB GENERATION HOLDER begin | end | failed
#
# A call waits while there is a file STAGE/hold/CUE, and fails if there is one STAGE/fail/CUE; a cue is SERVICE.VERB, or
# SERVICE.VERB.NODE for one node alone. What a service is, its parameter IS says:
#
#   web     an nginx on PORT plus the node's number, that answers NODE GENERATION
#   idle    a process that does nothing
#   locked  the same, and a lock that all nodes share: not started where it is there, taken away by the stop command
#
# Called by hand rather than by an agent, it is told generation 0.

stage=$STEAD_PARAM_STAGE
dir=$stage/$STEAD_NODE/$STEAD_SERVICE
pid=

say() {
    printf '%s %s %s %s %s %s %s\n' "$(date +%s%N)" "$STEAD_NODE" "$STEAD_SERVICE" "$STEAD_ACTION" "$STEAD_GENERATION" \
        "$STEAD_HOLDER" "$1" >>"$stage/calls"
}

say begin
for cue in "$STEAD_SERVICE.$STEAD_ACTION" "$STEAD_SERVICE.$STEAD_ACTION.$STEAD_NODE"; do
    while [ -e "$stage/hold/$cue" ]; do
        sleep 0.02
    done
    if [ -e "$stage/fail/$cue" ]; then
        say failed
        echo "told to fail by $cue"
        exit 9
    fi
done

case $STEAD_ACTION:$STEAD_PARAM_IS in
start:web)
    mkdir -p "$dir/temp" && rm -f "$dir/nginx.pid"
    cat >"$dir/nginx.conf" <<END
user root;
worker_processes 1;
pid $dir/nginx.pid;
error_log $dir/error.log;
events { worker_connections 64; }
http {
  access_log off;
  client_body_temp_path $dir/temp/1;
  proxy_temp_path $dir/temp/2;
  fastcgi_temp_path $dir/temp/3;
  uwsgi_temp_path $dir/temp/4;
  scgi_temp_path $dir/temp/5;
  server {
    listen 127.0.0.1:$((STEAD_PARAM_PORT + ${STEAD_NODE#n}));
    location / { return 200 "$STEAD_NODE $STEAD_GENERATION\n"; }
  }
}
END
    nginx -e "$dir/error.log" -p "$dir" -c "$dir/nginx.conf" || exit 1
    ;;
start:locked)
    (set -C && echo "$STEAD_NODE" >"$stage/$STEAD_SERVICE.lock") || exit 1
    setsid sleep 1000000 >/dev/null 2>&1 &
    ;;
start:idle)
    mkdir -p "$dir"
    setsid sleep 1000000 >/dev/null 2>&1 &
    echo $! >"$dir/idle.pid"
    ;;
stop:web)
    [ ! -e "$dir/nginx.pid" ] || read -r pid <"$dir/nginx.pid"
    if [ -n "$pid" ] && grep -q "$dir" "/proc/$pid/cmdline"; then
        kill -TERM "$pid"
        while [ -d "/proc/$pid" ]; do
            sleep 0.01
        done
    fi
    ;;
stop:locked)
    rm -f "$stage/$STEAD_SERVICE.lock"
    ;;
stop:idle)
    [ ! -e "$dir/idle.pid" ] || read -r pid <"$dir/idle.pid"
    if [ -n "$pid" ] && grep -q sleep "/proc/$pid/cmdline"; then
        kill "$pid"
    fi
    ;;
esac
say end
