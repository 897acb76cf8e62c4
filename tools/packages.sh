# What Lamina needs from Debian or Ubuntu, one list per need. The names are the same in Debian 12 and 13.
# README.md says what each library is for.

packages_build="build-essential cmake ninja-build ccache git pkg-config protobuf-compiler"
packages_libraries="libdnnl-dev libsqlite3-dev libsqlitecpp-dev nlohmann-json3-dev libcli11-dev
    zlib1g-dev libjpeg-dev libtiff-dev libarchive-dev libyaml-cpp-dev libpcre2-dev libssl-dev libonnx-dev libprotobuf-dev libxlsxwriter-dev libopencv-imgproc-dev
    libavformat-dev libavcodec-dev libavutil-dev libswscale-dev"
# qt6-base-dev and qt6-image-formats-plugins are needed without the window, too: core decodes pictures with Qt Gui.
packages_window="qt6-base-dev libqt6opengl6-dev qt6-charts-dev qt6-svg-dev qt6-tools-dev qt6-l10n-tools libgl1-mesa-dev
    qt6-qpa-plugins qt6-image-formats-plugins qt6-translations-l10n fonts-noto-core fonts-noto-cjk"
packages_tests="libgtest-dev libgmock-dev libbenchmark-dev libonnx-testdata"
# ./test full drives the window as a person would, on a display of its own.
packages_journey="xvfb xauth dbus openbox xdotool imagemagick at-spi2-core python3-pyatspi"
packages_data="dataset-fashion-mnist"
# The independent runtime that proves exported models: the first of these that the distribution has.
# Without the library, a virtual environment with the runtime's Python package takes its place.
package_runtime="libonnxruntime-dev"
package_venv="python3-venv"
