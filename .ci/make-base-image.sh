#!/usr/bin/env bash
# Builds a minimal JRE base image from this machine's own JDK and libraries, without any registry.
# usage: make-base-image.sh [TAG]      env: JAVA_HOME, MODULES, WITH_SHELL=1|0, FORCE=1
set -euo pipefail
tag=${1:-local/jre:17}
modules=${MODULES:-java.base,java.compiler,java.instrument,java.logging,java.management,java.management.rmi,java.naming,java.net.http,java.rmi,java.scripting,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.crypto.ec,jdk.httpserver,jdk.jcmd,jdk.jfr,jdk.management,jdk.management.agent,jdk.net,jdk.unsupported,jdk.zipfs}
jh=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v jlink)")")")}
with_shell=${WITH_SHELL:-1}

key=$( { cat "$0"; "$jh/bin/java" -version 2>&1; echo "$modules $with_shell"; } | sha256sum | cut -c1-16)
if [ "${FORCE:-0}" != 1 ] && [ "$(docker image inspect -f '{{index .Config.Labels "local.base.key"}}' "$tag" 2>/dev/null || true)" = "$key" ]; then
  echo "$tag is up to date ($key)"; exit 0
fi

work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
root=$work/root; mkdir -p "$root"/{opt,etc,tmp,root,proc,sys,dev,usr/bin,usr/lib,lib64,bin,var/tmp}
chmod 1777 "$root/tmp" "$root/var/tmp"
# 1. the runtime
"$jh/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --compress=0 --output "$root/opt/java"
# 2. every shared library that it names, at the path the loader looks for it
libs() { find "$root/opt/java" -type f \( -name '*.so' -o -path '*/bin/*' -o -name jspawnhelper \) -print0 \
         | xargs -0 -n1 ldd 2>/dev/null | awk '/=> \//{print $3} $1 ~ /^\/lib.*ld-linux/{print $1}' | sort -u; }
libs | while read -r l; do case $l in "$root"/*) ;; *) mkdir -p "$root$(dirname "$l")"; cp -L "$l" "$root$l";; esac; done
# 3. names and users
printf 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/tmp:/bin/false\n' > "$root/etc/passwd"
printf 'root:x:0:\nnogroup:x:65534:\n' > "$root/etc/group"
printf 'hosts: files dns\n' > "$root/etc/nsswitch.conf"
# 4. a shell (Testcontainers' listening-port check and 'docker exec' want one)
if [ "$with_shell" = 1 ]; then
  static_busybox() { command -v busybox >/dev/null && ! ldd "$(command -v busybox)" >/dev/null 2>&1; }
  export DEBIAN_FRONTEND=noninteractive
  static_busybox || { apt-get update -qq && apt-get install -y -qq --no-install-recommends busybox-static; } >/dev/null 2>&1 || true
  static_busybox || { echo "a static busybox is missing: apt-get update && apt-get install -y busybox-static"; exit 1; }
  bb=$(command -v busybox)
  cp -L "$bb" "$root/bin/busybox"
  for a in $("$bb" --list); do [ -e "$root/bin/$a" ] || ln -s busybox "$root/bin/$a"; done
fi
# 5. import it: one layer
tar -C "$root" --numeric-owner --owner=0 --group=0 -c . | docker import \
  -c 'ENV JAVA_HOME=/opt/java PATH=/opt/java/bin:/usr/bin:/bin LANG=C.UTF-8' \
  -c 'WORKDIR /' -c "LABEL local.base.key=$key" - "$tag" >/dev/null
docker image inspect -f '{{.RepoTags}} {{.Size}} bytes' "$tag"
