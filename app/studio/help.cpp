#include "app/studio/help.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFile>
#include <QMessageBox>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "app/workspace/language.h"

namespace lamina {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Help)
};

QString page(const QString& name) {
    QFile file(QStringLiteral(":/help/%1/%2.md").arg(QString::fromLatin1(languageCode(currentLanguage())), name));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

}  // namespace

void showHelp(const QString& stage, QWidget* parent) {
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName("help_dialog");
    dialog->setWindowTitle(Words::tr("Help"));
    dialog->resize(720, 620);
    auto* text = new QTextBrowser;
    text->setObjectName("help_text");
    text->setAccessibleName(Words::tr("Help"));
    text->setMarkdown(page(stage.isEmpty() ? QStringLiteral("start") : stage));
    text->setOpenLinks(false);
    QObject::connect(text, &QTextBrowser::anchorClicked, text, [text](const QUrl& link) { text->setMarkdown(page(link.toString())); });
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(text);
    layout->addWidget(buttons);
    dialog->show();
}

void showAbout(QWidget* parent) {
    QMessageBox::about(parent, Words::tr("About Lamina"),
                       Words::tr("Lamina %1\n\nFrom data to a model in use, without programming. Everything happens on this computer; nothing is ever sent anywhere.\n\n"
                                 "Free software under the GNU General Public License, version 3 or later. Uses Qt %2.")
                           .arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion())));
}

}  // namespace lamina
