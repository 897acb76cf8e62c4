// lamina-studio [FILE…]: opens a project, or imports files into a new one.
#include <QApplication>
#include <QCommandLineParser>
#include <QElapsedTimer>
#include <QImageReader>
#include <QTimer>

#include <algorithm>
#include <csignal>

#include "app/settings/settings.h"
#include "app/studio/main_window.h"
#include "app/workspace/language.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace {

constexpr int pictureLimitMegabytes = 1024;  // Qt's own limit refuses honest photos of 40 megapixels

/// Ctrl-C in the terminal, the terminal's end and an ending desktop session close the window as its button does: with a checkpoint, without a question.
volatile std::sig_atomic_t endAsked = 0;
void askEnd(int) { endAsked = 1; }

/// Is one of these options given? Their answers need no display.
bool asksOnly(QCommandLineParser& arguments, const QList<QCommandLineOption>& options, int argc, char** argv) {
    QStringList words;
    for (int i = 0; i < argc; ++i) words << QString::fromLocal8Bit(argv[i]);
    if (!arguments.parse(words)) return false;
    return std::any_of(options.begin(), options.end(), [&](const QCommandLineOption& option) { return arguments.isSet(option); });
}

}  // namespace

int main(int argc, char** argv) {
    QCoreApplication::setApplicationName("lamina-studio");
    QCoreApplication::setApplicationVersion("0.1.0");
    QCommandLineParser arguments;
    arguments.addPositionalArgument("files", "A project (.lamina), or data to import into a new one.", "[files…]");
    const QCommandLineOption sample("sample", "Makes and opens a sample project: garments, iris.", "name");
    const QCommandLineOption language("language", "en or zh, for this start alone.", "code");
    const QCommandLineOption theme("theme", "light or dark, for this start alone.", "name");
    const QCommandLineOption paintTime("print-first-paint", "Prints how many milliseconds the first picture took, and ends.");
    arguments.addOptions({sample, language, theme, paintTime});
    const QCommandLineOption help = arguments.addHelpOption(), version = arguments.addVersionOption();
    if (asksOnly(arguments, {help, version}, argc, argv)) {
        const QCoreApplication wordsAlone(argc, argv);
        arguments.process(wordsAlone);  // ends the program
    }

    QApplication application(argc, argv);
    QApplication::setDesktopFileName("lamina-studio");
    QImageReader::setAllocationLimit(pictureLimitMegabytes);
    QElapsedTimer clock;
    clock.start();
    arguments.process(application);

    using namespace lamina;
    applyTheme(arguments.value(theme) == "dark" ? ThemeChoice::Dark : arguments.value(theme) == "light" ? ThemeChoice::Light : settings::theme());
    applyLanguage(arguments.isSet(language) ? arguments.value(language) : settings::language());
    QApplication::setWindowIcon(themeIcon("lamina"));

    MainWindow window;
    window.show();
    if (arguments.isSet(paintTime)) {
        QTimer::singleShot(0, &window, [&] {
            window.repaint();
            std::printf("%lld\n", static_cast<long long>(clock.elapsed()));
            QCoreApplication::exit(0);
        });
    }
    window.tidyUp();
    if (arguments.isSet(sample)) window.openSample(arguments.value(sample));
    else window.take(arguments.positionalArguments());

    std::signal(SIGINT, askEnd);
    std::signal(SIGTERM, askEnd);
    std::signal(SIGHUP, askEnd);
    QTimer watch;
    QObject::connect(&watch, &QTimer::timeout, &window, [&] {
        if (!endAsked) return;
        window.workspace().close();
        QCoreApplication::exit(0);
    });
    watch.start(200);
    return QApplication::exec();
}
