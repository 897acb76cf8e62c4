#include "app/studio/help.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QEvent>
#include <QFile>
#include <QMessageBox>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextList>
#include <QTextTable>
#include <QVBoxLayout>

#include "app/workspace/language.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

struct HelpWords {
    Q_DECLARE_TR_FUNCTIONS(Help)
};

QString pageText(const QString& name) {
    QFile file(QStringLiteral(":/help/%1/%2.md").arg(QString::fromLatin1(languageCode(currentLanguage())), name));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// One thin line between cells instead of a box in a box.
void drawTables(const QTextDocument& document) {
    for (QTextFrame* frame : document.rootFrame()->childFrames()) {
        auto* table = qobject_cast<QTextTable*>(frame);
        if (!table) continue;
        QTextTableFormat format = table->format();
        format.setBorderCollapse(true);
        format.setBorder(1);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setBorderBrush(themeColours().border);
        format.setCellSpacing(0);
        format.setCellPadding(5);
        format.setTopMargin(4);
        format.setBottomMargin(12);
        table->setFormat(format);
    }
}

void drawLists(const QTextDocument& document) {
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        if (QTextList* list = block.textList(); list && list->format().style() == QTextListFormat::ListCircle) {
            QTextListFormat format = list->format();
            format.setStyle(QTextListFormat::ListDisc);
            list->setFormat(format);
        }
        if (block.blockFormat().headingLevel() < 2) continue;
        QTextCursor cursor(block);
        QTextBlockFormat format = block.blockFormat();
        format.setTopMargin(18);
        format.setBottomMargin(6);
        cursor.setBlockFormat(format);
    }
}

class HelpDialog : public QDialog {
public:
    HelpDialog(QString page, QWidget* parent) : QDialog(parent), m_page(std::move(page)), m_text(new QTextBrowser) {
        setAttribute(Qt::WA_DeleteOnClose);
        setObjectName("help_dialog");
        resize(720, 620);
        m_text->setObjectName("help_text");
        m_text->setOpenLinks(false);
        m_text->document()->setDocumentMargin(12);
        connect(m_text, &QTextBrowser::anchorClicked, this, [this](const QUrl& link) { turnTo(link.toString()); });
        auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
        connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
        auto* layout = new QVBoxLayout(this);
        layout->addWidget(m_text);
        layout->addWidget(buttons);
        retranslate();
    }

protected:
    void changeEvent(QEvent* event) override {
        QDialog::changeEvent(event);
        if (event->type() == QEvent::LanguageChange) retranslate();
        if (event->type() == QEvent::PaletteChange) drawTables(*m_text->document());
    }

private:
    void retranslate() {
        setWindowTitle(HelpWords::tr("Help"));
        m_text->setAccessibleName(HelpWords::tr("Help"));
        turnTo(m_page);
    }
    void turnTo(const QString& page) {
        m_page = page;
        m_text->setMarkdown(pageText(page));
        drawTables(*m_text->document());
        drawLists(*m_text->document());
    }

    QString m_page;
    QTextBrowser* m_text;
};

}  // namespace

void showHelp(const QString& stage, QWidget* parent) {
    (new HelpDialog(stage.isEmpty() ? QStringLiteral("start") : stage, parent))->show();
}

void showAbout(QWidget* parent) {
    QMessageBox::about(parent, HelpWords::tr("About Lamina"),
                       HelpWords::tr("Lamina %1\n\nFrom data to a model in use, without programming. Everything happens on this computer; nothing is ever sent anywhere.\n\n"
                                 "Free software under the GNU General Public License, version 3 or later. Uses Qt %2.")
                           .arg(QCoreApplication::applicationVersion(), QString::fromLatin1(qVersion())));
}

}  // namespace lamina
