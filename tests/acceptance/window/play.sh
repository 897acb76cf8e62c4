#!/usr/bin/env bash
# play.sh SCRIPT PROGRAM [FOLDER [PART…]]: plays journey.py, bad_days.py, label.py, garments.py or tables.py in a screen of its own. PROGRAM: lamina-studio;
# FOLDER: where the pictures go; PART: of tables.py, which tables.
# Ends with 77 where something that is needed for it is not installed.
set -u
script=${1:?play.sh SCRIPT PROGRAM [FOLDER]}
program=$(realpath "${2:?play.sh SCRIPT PROGRAM [FOLDER]}")
shots=$(realpath -m "${3:-${LAMINA_SHOTS:-$(dirname "$program")/../journey}}")
here=$(dirname "$(realpath "$0")")

skip() { echo "skipped: $1"; exit 77; }
for tool in Xvfb dbus-run-session openbox xdotool import; do
  command -v "$tool" >/dev/null || skip "$tool is not installed (apt install xvfb dbus openbox xdotool imagemagick)"
done
/usr/bin/python3 -c 'import pyatspi' 2>/dev/null || skip "pyatspi is not installed (apt install python3-pyatspi at-spi2-core)"
[ -x /usr/libexec/at-spi-bus-launcher ] || skip "the accessibility bus is not installed (apt install at-spi2-core)"

home=$(mktemp -d)
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null; done
  wait 2>/dev/null
  rm -rf "$home"
}
trap finish EXIT
mkdir -p "$home/runtime" "$shots"
chmod 700 "$home/runtime"
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_CACHE_HOME=$home/cache XDG_RUNTIME_DIR=$home/runtime
export LC_ALL=C.UTF-8 QT_QPA_PLATFORM=xcb QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1 QT_ACCESSIBILITY=1 GIO_USE_VFS=local
unset DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS WAYLAND_DISPLAY LANGUAGE

exec 3>"$home/display"
Xvfb -displayfd 3 -screen 0 3840x2160x24 -nolisten tcp >/dev/null 2>&1 &
pids+=($!)
for _ in $(seq 100); do [ -s "$home/display" ] && break; sleep 0.1; done
exec 3>&-
[ -s "$home/display" ] || { echo "Xvfb does not start"; exit 1; }
export DISPLAY=:$(cat "$home/display")
openbox --config-file "$here/openbox.xml" >/dev/null 2>&1 &
pids+=($!)
timeout 480 dbus-run-session -- /usr/bin/python3 "$here/$script" "$program" "$shots" "${@:4}"
