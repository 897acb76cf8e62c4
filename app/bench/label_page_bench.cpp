#include "app/bench/label_page_bench.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QImage>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>
#include <QToolButton>

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include "app/bench/window_canvas_bench.h"
#include "app/jobs/annotation_jobs.h"
#include "app/jobs/dataset_jobs.h"
#include "app/pages/label/label_page.h"
#include "app/workspace/workspace.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/common/theme.h"

namespace lamina::bench {
namespace {

constexpr int tinyEdge = 12;

template <class Condition>
void waitFor(const char* what, Condition condition, int milliseconds = 60'000) {
    QElapsedTimer clock;
    clock.start();
    while (!condition()) {
        if (clock.elapsed() > milliseconds) throw std::runtime_error(std::string("waited in vain for ") + what);
        QApplication::processEvents(QEventLoop::AllEvents, 2);
    }
}

void lookFor(int milliseconds) {
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

void writeBigEndian(std::ofstream& file, std::uint32_t value) {
    for (const int shift : {24, 16, 8, 0}) file.put(static_cast<char>(value >> shift & 255));
}

/// Cells on a ground, with the noise of a camera: JPEG has work to do.
QImage cellPhoto(QSize size, int seed) {
    QImage photo(size, QImage::Format_RGB32);
    std::uint32_t noise = 77u + static_cast<std::uint32_t>(seed);
    for (int y = 0; y < size.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(photo.scanLine(y));
        for (int x = 0; x < size.width(); ++x) {
            noise = noise * 1664525u + 1013904223u;
            const int grain = static_cast<int>(noise >> 28), cell = ((x / 90 + y / 70 + seed) % 3) * 40;
            line[x] = qRgb(150 + cell + grain, 120 + grain, 140 + (x ^ y) % 64 + grain);
        }
    }
    return photo;
}

Path makePhotos(const Path& folder, const char* name, QSize size, int count) {
    const Path photos = folder / name;
    std::filesystem::create_directories(photos / "all");
    for (int i = 0; i < count; ++i) cellPhoto(size, i).save(QString::fromStdString((photos / "all" / (std::to_string(i) + ".jpg")).string()), "JPEG", 92);
    const Path file = folder / (std::string(name) + ".lamina");
    const auto project = Project::create(file);
    if (!project) throw std::runtime_error(project.error().debugText());
    ImportRequest request;
    request.source = photos;
    const auto imported = importDataset(**project, request);
    if (!imported || !beginLabelling(**project, imported->dataset)) throw std::runtime_error("the photos could not be imported");
    return file;
}

/// A page on a project, as a person has it before him.
struct OpenPage {
    explicit OpenPage(const Path& file) {
        page.resize(1280, 700);
        page.show();
        workspace.open(QString::fromStdString(file.string()));
        waitFor("the first picture", [this] { return page.canvas().isSharp(); });
    }
    ~OpenPage() {
        workspace.close();
        workspace.tasks().finishAll();
    }
    void press() { page.findChild<QToolButton*>("label_next")->click(); }
    bool isAt(std::int64_t position) const { return page.position() == position; }

    Workspace workspace;
    LabelPage page{workspace};
};

double elapsedMilliseconds(const QElapsedTimer& clock) { return static_cast<double>(clock.nsecsElapsed()) / 1e6; }

/// Looks at each picture for a while, then goes on: until the next one is painted, with all its pixels.
std::vector<double> nextTimes(OpenPage& open, int count, int lookMilliseconds) {
    std::vector<double> times;
    for (int i = 0; i < count; ++i) {
        lookFor(lookMilliseconds);
        const auto next = open.page.position() + 1;
        QElapsedTimer clock;
        clock.start();
        open.press();
        waitFor("the next picture", [&] { return open.isAt(next) && open.page.canvas().isSharp(); });
        open.page.canvas().repaint();
        times.push_back(elapsedMilliseconds(clock));
    }
    std::sort(times.begin(), times.end());
    return times;
}

/// Three pictures on at once, which nobody foresaw.
void measurePreview(OpenPage& open, Figure& figure) {
    lookFor(2500);
    const auto there = open.page.position() + 3;
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < 3; ++i) open.press();
    waitFor("the preview", [&] { return open.isAt(there); });
    open.page.canvas().repaint();
    const double preview = elapsedMilliseconds(clock);
    waitFor("the sharp picture", [&] { return open.page.canvas().isSharp(); });
    open.page.canvas().repaint();
    figure.lines.push_back(line("%-28s preview after %.0f ms, sharp after %.0f ms", "three on, not foreseen", preview, elapsedMilliseconds(clock)));
}

Figure measureNext(const Path& folder) {
    Figure figure{"next_image_ms", 0.0, {}};
    const auto note = [&](const char* what, const std::vector<double>& times) {
        figure.lines.push_back(line("%-28s median %.1f ms, longest %.1f ms of %zu", what, times[times.size() / 2], times.back(), times.size()));
        figure.value = std::max(*figure.value, times.back());
    };
    {
        OpenPage small(makePhotos(folder, "small", {640, 480}, 60));
        note("640 × 480, 0.2 s looked at", nextTimes(small, 50, 200));
    }
    OpenPage large(makePhotos(folder, "large", {6000, 4000}, 10));
    note("24 megapixels, 2.5 s", nextTimes(large, 6, 2500));
    measurePreview(large, figure);
    return figure;
}

}  // namespace

DatasetRecord importTinyPictures(Project& project, const Path& folder, std::int64_t count) {
    const Path source = folder / "tiny";
    std::filesystem::create_directories(source);
    {
        std::ofstream images(source / "train-images-idx3-ubyte", std::ios::binary), labels(source / "train-labels-idx1-ubyte", std::ios::binary);
        const auto items = static_cast<std::uint32_t>(count);
        for (const std::uint32_t word : {0x803u, items, std::uint32_t{tinyEdge}, std::uint32_t{tinyEdge}}) writeBigEndian(images, word);
        for (const std::uint32_t word : {0x801u, items}) writeBigEndian(labels, word);
        std::string picture(tinyEdge * tinyEdge, '\0');
        for (std::uint32_t i = 0; i < items; ++i) {
            for (std::size_t p = 0; p < picture.size(); ++p) picture[p] = static_cast<char>((i * 7 + p * p) & 255);
            images << picture;
            labels.put(static_cast<char>(i % 10));
        }
    }
    ImportRequest request;
    request.source = source;
    request.name = "photos";
    auto imported = importDataset(project, request);
    if (!imported) throw std::runtime_error(imported.error().debugText());
    return imported->dataset;
}

std::vector<Figure> measureLabelPage(int& argc, char** argv, const Path& labelled, const Path& folder) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") && qEnvironmentVariableIsEmpty("DISPLAY")) qputenv("QT_QPA_PLATFORM", "offscreen");
    const QTemporaryDir settingsFolder;
    qputenv("XDG_CONFIG_HOME", settingsFolder.path().toUtf8());
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settingsFolder.path());
    QApplication application(argc, argv);
    applyTheme(ThemeChoice::Light);
    Figure whole{"page_100k_s", {}, {}};
    {
        QElapsedTimer clock;
        clock.start();
        OpenPage open(labelled);
        whole.value = elapsedMilliseconds(clock) / 1000;
        const auto times = nextTimes(open, 200, 5);
        whole.lines.push_back(line("the page with 100,000 pictures and a million labels, opened to its first picture; then 200 pictures on: median %.1f ms, longest %.1f ms",
                                   times[times.size() / 2], times.back()));
    }
    Figure canvas = measureCanvas();
    canvas.name = "canvas_frame_ms";
    return {whole, measureNext(folder), canvas};
}

}  // namespace lamina::bench
