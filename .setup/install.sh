#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what Renkei needs beside Swift and is not there yet; says what before doing it, and says
# nothing when all is there. Runs on Debian, Ubuntu and macOS; needs no answers.
set -eu

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
any() { [ -e "$1" ]; }

how_to_get_swift='Get Swift 6.1 or newer from https://www.swift.org/install and put it in PATH.'
have swift || fail "swift was not found. $how_to_get_swift"

packages=''
need() { packages="$packages $1"; }

# The programs and libraries that Debian's packages give, each probed by what the build uses.
probe_debian() {
  have make || need make
  have git || need git
  ! have apt-get || any /etc/ssl/certs/ca-certificates.crt || need ca-certificates
  if ! have pkg-config; then
    need pkg-config
    need libgsl-dev
  elif ! pkg-config --exists gsl; then
    need libgsl-dev
  fi
  # Swift links with the start files of gcc and the headers of libc and libstdc++.
  if ! any /usr/include/stdio.h || ! any "$(echo /usr/lib/gcc/*/*/crtbegin.o | cut -d' ' -f1)" ||
    ! any "$(echo /usr/include/c++/*/cstdlib | cut -d' ' -f1)"; then
    need g++
  fi
  # Shared libraries that the Swift tools load.
  tools=$(dirname "$(readlink -f "$(command -v swift)")")
  missing=$(for tool in swift-frontend swift-package swift-build swift-format clang; do
    if [ -x "$tools/$tool" ]; then ldd "$tools/$tool" 2>/dev/null || true; fi
  done | awk '/not found/ {print $1}' | sort -u)
  for library in $missing; do
    case $library in
    libxml2.so*) need libxml2-dev ;;
    libcurl.so*) need libcurl4-openssl-dev ;;
    libncurses*.so* | libtinfo.so* | libpanel*.so* | libform*.so*) need libncurses-dev ;;
    libedit.so*) need libedit-dev ;;
    libsqlite3.so*) need libsqlite3-dev ;;
    libpython3*.so*) need libpython3-dev ;;
    libz.so*) need zlib1g-dev ;;
    libuuid.so*) need uuid-dev ;;
    libstdc++.so* | libgcc_s.so*) need g++ ;;
    *) say "swift needs $library, which is not installed; the build may fail" ;;
    esac
  done
  packages=$(printf '%s\n' $packages | sort -u | tr '\n' ' ')
}

probe_macos() {
  have pkg-config || need pkgconf
  if ! have pkg-config || ! pkg-config --exists gsl; then need gsl; fi
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif have sudo; then
    sudo "$@"
  else
    fail "root is needed, and there is no sudo. As root: apt-get install $packages"
  fi
}

install_debian() {
  set -- env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages
  update=no
  for package in $packages; do
    apt-cache policy "$package" 2>/dev/null | grep -q 'Candidate: [^(]' || update=yes
  done
  if [ "$update" = no ]; then
    say "installing with apt-get: $packages"
    as_root "$@" </dev/null && return 0
    say 'that did not work; trying again with fresh package lists'
  fi
  say 'running apt-get update'
  as_root apt-get update </dev/null
  say "installing with apt-get: $packages"
  as_root "$@" </dev/null || fail "apt-get could not install: $packages"
}

case $(uname -s) in
Linux)
  probe_debian
  if [ -n "${packages# }" ]; then
    have apt-get || fail "please install what Debian calls: $packages"
    install_debian
  fi
  ;;
Darwin)
  probe_macos
  if [ -n "$packages" ]; then
    have brew || fail "please install$packages, for example with https://brew.sh"
    say "installing with brew:$packages"
    # One word per package.
    # shellcheck disable=SC2086
    brew install $packages </dev/null
  fi
  ;;
*) fail 'only Linux and macOS are known here; Renkei needs Swift, GSL and pkg-config.' ;;
esac

version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p' | head -n 1)
[ -n "$version" ] || fail "swift does not run. $how_to_get_swift"
major=${version%%.*}
minor=${version#*.}
if [ "$major" -lt 6 ] || { [ "$major" -eq 6 ] && [ "$minor" -lt 1 ]; }; then
  fail "this is Swift $version. $how_to_get_swift"
fi
pkg-config --exists gsl || fail 'GSL was installed, but pkg-config does not find it.'
