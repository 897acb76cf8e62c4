// The window: how soon it is there, how long a frame of its views takes, how long the GUI thread lets people wait while a training runs.
#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QProcess>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "app/bench/gui_latency.h"
#include "app/bench/report.h"
#include "app/bench/window_canvas_bench.h"
#include "app/bench/window_graph_bench.h"
#include "app/bench/window_table_bench.h"
#include "app/jobs/dataset_jobs.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/settings/settings.h"
#include "app/studio/main_window.h"
#include "app/workspace/training_controller.h"
#include "core/tensor/random.h"
#include "widgets/charts/chart_bench.h"
#include "widgets/common/theme.h"

namespace lamina::bench {
namespace {

constexpr int starts = 7;
constexpr int rowsOfProject = 60000;
constexpr int pageMilliseconds = 400, pageTurns = 24;

void runFor(int milliseconds) {
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

template <class Condition>
bool waitUntil(Condition condition, int milliseconds) {
    QElapsedTimer clock;
    for (clock.start(); clock.elapsed() < milliseconds; runFor(10))
        if (condition()) return true;
    return condition();
}

/// Whole processes, from their start to the first painted picture, as a person waits for it.
Figure firstPaint() {
    Figure figure{"first_paint_ms", {}, {}};
    std::vector<double> milliseconds;
    for (int i = 0; i < starts; ++i) {
        QProcess studio;
        QElapsedTimer clock;
        clock.start();
        studio.start(QCoreApplication::applicationDirPath() + "/../../bin/lamina-studio", {"--print-first-paint"});
        if (!studio.waitForReadyRead(20000)) break;
        milliseconds.push_back(static_cast<double>(clock.elapsed()));
        studio.waitForFinished();
    }
    if (milliseconds.size() < starts) {
        figure.lines.push_back("lamina-studio did not start");
        return figure;
    }
    std::sort(milliseconds.begin() + 1, milliseconds.end());  // the first may be cold
    figure.lines.push_back(line("first start %.0f ms, then %.0f … %.0f ms", milliseconds[0], milliseconds[1], milliseconds.back()));
    figure.value = milliseconds[starts / 2 + 1];
    return figure;
}

Path makeProject(const Path& folder) {
    const Path table = folder / "table.csv";
    {
        std::ofstream file(table);
        const RandomStream noise(5, streamOf("window"));
        for (int f = 0; f < 20; ++f) file << 'f' << f << ',';
        file << "kind\n";
        for (int row = 0; row < rowsOfProject; ++row) {
            for (int f = 0; f < 20; ++f) file << noise.normal(static_cast<std::uint64_t>(row) * 20 + static_cast<std::uint64_t>(f)) + (row % 4 == f % 4 ? 1.0F : 0.0F) << ',';
            file << "ABCD"[row % 4] << '\n';
        }
    }
    auto project = Project::create(folder / "window.lamina");
    ImportRequest request;
    request.source = table;
    request.target = "kind";
    if (auto imported = importDataset(**project, request))
        if (splitDataset(**project, imported->dataset, SplitSettings{})) (void)buildNetwork(**project, BuildRequest{});
    return folder / "window.lamina";
}

std::vector<Figure> views() {
    std::vector<Figure> figures;
    const auto table = measureTable();
    figures.push_back({"table_open_1m_s", table ? std::optional(table->openSeconds) : std::nullopt, {}});
    figures.push_back({"scroll_frame_ms", table ? std::optional(table->scrollFrameMilliseconds) : std::nullopt, {}});
    figures.push_back({"gallery_first_screen_ms", measureGalleryFirstScreen(), {}});
    figures.push_back({"chart_4x1m_frame_ms", chartFrameMilliseconds(1000000, 40), {}});
    figures.push_back(measureGraph());
    figures.push_back(measureCanvas());
    return figures;
}

/// Goes from page to page while a training runs on both cores.
std::vector<Figure> whileTraining() {
    Figure p99{"gui_p99_ms_while_training", {}, {}}, longest{"gui_max_ms_while_training", {}, {}};
    QTemporaryDir folder;
    const Path file = makeProject(Path(folder.path().toStdString()));
    MainWindow window;
    window.show();
    window.workspace().open(QString::fromStdString(file.string()));
    const bool open = waitUntil([&] { return window.workspace().isOpen(); }, 20000);
    for (const char* page : {"data", "model", "train", "review", "use"})
        if (open) {  // pages are made at their first visit, before the clock runs
            window.showPage(page);
            runFor(300);
        }
    TrainingRequest request;
    request.plan.epochs = 100000;
    window.workspace().training().start(request);
    if (!open || !waitUntil([&] { return window.workspace().training().snapshot().step > 10; }, 20000)) {
        p99.lines.push_back("the training did not start");
        return {p99, longest};
    }
    GuiLatency latency(window);
    const QStringList pages{"train", "data", "model", "train", "review", "use"};
    for (int i = 0; i < pageTurns; ++i) {
        window.showPage(pages[i % pages.size()]);
        runFor(pageMilliseconds);
    }
    const auto milliseconds = latency.finish();
    const std::int64_t steps = window.workspace().training().snapshot().step;
    window.workspace().close();
    p99.value = milliseconds[static_cast<std::size_t>(std::floor(0.99 * static_cast<double>(milliseconds.size() - 1)))];
    longest.value = milliseconds.back();
    p99.lines.push_back(line("%zu events, median %.2f ms; %d page changes, %lld training steps meanwhile", milliseconds.size(),
                             milliseconds[milliseconds.size() / 2], pageTurns, static_cast<long long>(steps)));
    return {p99, longest};
}

}  // namespace

std::vector<Figure> measureWindow(int& argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") && qEnvironmentVariableIsEmpty("DISPLAY")) qputenv("QT_QPA_PLATFORM", "offscreen");
    const QTemporaryDir settingsFolder;
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, settingsFolder.path());
    qputenv("XDG_CONFIG_HOME", settingsFolder.path().toUtf8());
    QApplication application(argc, argv);
    applyTheme(ThemeChoice::Light);
    std::vector<Figure> figures{firstPaint()};
    for (auto& figure : views()) figures.push_back(std::move(figure));
    for (auto& figure : whileTraining()) figures.push_back(std::move(figure));
    return figures;
}

}  // namespace lamina::bench
