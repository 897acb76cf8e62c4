# Shared by ./run and ./test: say something, find and install what is missing, configure, build.
# Everything here talks on standard error, so that standard output stays for results.

. tools/packages.sh

say() { printf '%s\n' "$*" >&2; }
give_up() { say "$1"; exit "${2:-1}"; }

# Packages of "$@" that are not installed; names that an installed package provides count (Debian 13 has put some together).
missing_packages() {
    command -v dpkg-query >/dev/null || return 0
    local installed
    installed=$(dpkg-query --show --showformat='${db:Status-Status} ${Package}, ${Provides}\n' |
        sed -n 's/^installed //p' | tr ',' '\n' | sed 's/^ *//; s/ .*//')
    local package
    for package in "$@"; do
        grep -qxF "$package" <<<"$installed" || printf '%s\n' "$package"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo $([ -t 0 ] || echo --non-interactive) "$@"
    else
        give_up "Lamina needs packages that only an administrator can install. Ask for: $*" 3
    fi
}

refresh_package_lists() {
    [ -z "${package_lists_fresh:-}" ] || return 0
    package_lists_fresh=1
    as_root apt-get update -qq >&2 || say "The package lists could not be refreshed; going on with those that are here."
}

# Asks before anything is installed, unless --yes was given or nobody is there to answer.
agreed() {
    [ "$assume_yes" = 0 ] && [ -t 0 ] && [ -t 2 ] || return 0
    local answer
    read -r -p "Install them now? [Y/n] " answer
    case $answer in [nN]*) return 1 ;; esac
}

install_packages() {
    say "Missing packages, to be installed with apt-get:"
    say "  $*"
    agreed || give_up "Nothing was installed. Install the packages yourself and start again." 3
    refresh_package_lists
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >build/install.log 2>&1 </dev/null ||
        { tail -n 15 build/install.log >&2; give_up "apt-get failed; the whole output is in build/install.log." 3; }
}

# install_what_is_missing [more packages …]
install_what_is_missing() {
    local missing
    missing=$(missing_packages "$@" $packages_build $packages_libraries $packages_window $packages_tests $packages_data)
    if [ -n "$missing" ]; then
        command -v apt-get >/dev/null || give_up "Lamina installs what it needs on Debian and Ubuntu only. Missing here: $missing" 3
        install_packages $missing
    fi
}

runtime_answers() { [ -x .venv/bin/python ] && .venv/bin/python -c 'import onnxruntime, numpy' >>build/venv.log 2>&1; }

# The runtime for the proof of exported models: the packaged library, else .venv, else none. Tried once a day where it cannot be had.
prepare_runtime() {
    [ -e .venv/ready ] && return 0
    if runtime_answers; then
        touch .venv/ready
        return 0
    fi
    [ -z "$(missing_packages "$package_runtime")" ] && return 0
    [ -n "$(find build/no-runtime -mtime -1 2>/dev/null)" ] && return 0
    refresh_package_lists
    if apt-cache show "$package_runtime" >/dev/null 2>&1; then
        install_packages "$package_runtime"
        return 0
    fi
    [ -z "$(missing_packages "$package_venv")" ] || install_packages "$package_venv"
    say "Setting up ONNX Runtime in .venv (from PyPI) …"
    if python3 -m venv .venv >build/venv.log 2>&1 &&
        .venv/bin/pip install --quiet --timeout 30 --retries 1 onnxruntime numpy >>build/venv.log 2>&1 && runtime_answers; then
        touch .venv/ready
    else
        touch build/no-runtime
        say "ONNX Runtime could not be installed from PyPI (build/venv.log); exported models will be checked by Lamina only."
    fi
}

# Compilers need up to 1.5 GB each.
build_jobs() {
    local cores gigabytes
    cores=$(nproc)
    gigabytes=$(awk '/MemAvailable/ { print int($2 / 1572864) }' /proc/meminfo)
    [ "$gigabytes" -ge 1 ] || gigabytes=1
    echo $((cores < gigabytes ? cores : gigabytes))
}

# configure PRESET
configure() {
    local dir=build/$1
    # A build folder that was copied from somewhere else cannot be continued.
    if [ -f "$dir/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "$dir/CMakeCache.txt"; then
        rm -rf "$dir"
    fi
    [ ! -f "$dir/build.ninja" ] || return 0
    say "Configuring ($1) …"
    cmake --preset "$1" >"build/$1-configure.log" 2>&1 ||
        { tail -n 25 "build/$1-configure.log" >&2; give_up "CMake failed; the whole output is in build/$1-configure.log." 4; }
}

# build PRESET TARGET…: quiet, with a counter; where it fails, what the compiler said.
build() {
    local preset=$1 log=build/$1-build.log status
    shift
    configure "$preset"
    if [ -t 2 ]; then
        NINJA_STATUS='[%f/%t] ' ninja -C "build/$preset" -j "$(build_jobs)" "$@" | tee "$log" | show_progress line >&2
    else
        NINJA_STATUS='[%f/%t] ' ninja -C "build/$preset" -j "$(build_jobs)" "$@" | tee "$log" | show_progress tenths >&2
    fi
    status=${PIPESTATUS[0]}
    [ "$status" = 0 ] && return 0
    grep -vE '^\[[0-9]+/[0-9]+\] |^ninja: Entering' "$log" | head -n 60 >&2
    give_up "The build failed; the whole output is in $log." 4
}

# Counter lines of ninja → one line that is rewritten (line), or one line per tenth of the work (tenths).
show_progress() {
    awk -v form="$1" '
        /^\[[0-9]+\/[0-9]+\] / {
            split(substr($1, 2), part, /[\/\]]/)
            if (form == "line") { printf "\rBuilding %d of %d ", part[1], part[2]; fflush(); shown = 1 }
            else if (part[2] >= 10 && int(10 * part[1] / part[2]) > tenth) {
                tenth = int(10 * part[1] / part[2]); printf "Building: %d of %d\n", part[1], part[2]; fflush()
            }
        }
        END { if (shown) printf "\r\033[K" }'
}
