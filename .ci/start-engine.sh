#!/usr/bin/env bash
# Makes sure that a Docker engine answers: does nothing if one does already (a developer's own, say);
# else, on Debian as root, installs Debian's docker.io where it is missing and starts dockerd.
# Idempotent. Prints what it did.
#   start-engine.sh          start
#   start-engine.sh owned    succeeds if the engine that runs was started by this script
#   start-engine.sh stop     stop the engine that this script started (and no other)
set -euo pipefail
ENGINE_DIR=${ENGINE_DIR:-/var/lib/tc-engine}
log=$ENGINE_DIR/dockerd.log pidfile=$ENGINE_DIR/dockerd.pid

# alive and a dockerd: a pid file may outlive its process, and a zombie keeps its name
is_dockerd() {
  [ -n "${1:-}" ] && grep -q '^Name:.dockerd$' "/proc/$1/status" 2>/dev/null \
    && ! grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null
}
describe() { docker version -f '{{.Server.Version}} (API {{.Server.APIVersion}})'; }

case ${1:-start} in
  start) ;;
  owned) is_dockerd "$(cat "$pidfile" 2>/dev/null || true)"; exit ;;
  stop)
    pid=$(cat "$pidfile" 2>/dev/null || true)
    if is_dockerd "$pid"; then
      kill -TERM "$pid"
      for _ in $(seq 150); do is_dockerd "$pid" || break; sleep 0.2; done
      is_dockerd "$pid" && { echo "engine: pid $pid did not stop"; exit 1; }
      echo "engine: stopped pid $pid"
    else
      echo "engine: none started by this script"
    fi
    rm -f "$pidfile"
    exit 0 ;;
  *) echo "usage: $0 [start|owned|stop]" >&2; exit 2 ;;
esac

if docker info >/dev/null 2>&1; then
  echo "engine: $(describe) already answers"
  exit 0
fi
[ "$(id -u)" = 0 ] || { echo "engine: none answers, and only root can install one"; exit 1; }

mkdir -p "$ENGINE_DIR"
if ! command -v dockerd >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  # --no-install-recommends: without apparmor, criu, needrestart and others that it does not need here
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends docker.io; } >"$ENGINE_DIR/install.log" 2>&1 \
    || { echo "engine: docker.io could not be installed:"; tail -20 "$ENGINE_DIR/install.log"; exit 1; }
fi

# /var/run may be on the disk, and then hold what a killed engine left: a pid that is some other process's now
for f in /var/run/docker.pid /var/run/docker/containerd/containerd.pid; do
  p=$(cat "$f" 2>/dev/null || true)
  case $(cat "/proc/${p:-x}/comm" 2>/dev/null || true) in dockerd|containerd) ;; *) rm -f "$f" ;; esac
done

# A session and descriptors of its own: whoever started this script must not wait for the engine, nor its Ctrl-C reach it.
(
  for fd in /proc/self/fd/*; do
    fd=${fd##*/}
    [ "$fd" -le 2 ] || eval "exec $fd>&-" 2>/dev/null || true
  done
  # shellcheck disable=SC2086
  exec setsid dockerd --log-level=warn ${DOCKERD_ARGS:-}
) >"$log" 2>&1 </dev/null &
pid=$!
echo "$pid" >"$pidfile"

for _ in $(seq 300); do
  if docker info >/dev/null 2>&1; then
    echo "engine: started, pid $pid, $(describe), $(docker info -f '{{.Driver}}' 2>/dev/null)"
    exit 0
  fi
  sleep 0.2 # (the subshell has become dockerd by now)
  is_dockerd "$pid" || { echo "engine: dockerd ended:"; tail -20 "$log"; rm -f "$pidfile"; exit 1; }
done
echo "engine: no answer in 60 s:"
tail -20 "$log"
exit 1
