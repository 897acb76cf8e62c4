#include "app/studio/welcome_page.h"

#include <QBoxLayout>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QFrame>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>

#include "app/settings/settings.h"
#include "app/studio/sample_projects.h"
#include "app/studio/two_lines.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

QLabel* sectionLabel() {
    auto* label = new QLabel;
    label->setProperty(ThemeRole::section, true);
    return label;
}

QString withHome(const QString& path) {
    return path.startsWith(QDir::homePath()) ? "~" + path.mid(QDir::homePath().size()) : path;
}

}  // namespace

WelcomePage::WelcomePage(QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_text(new QLabel), m_recentTitle(sectionLabel()), m_samplesTitle(sectionLabel()), m_drop(new QLabel),
      m_new(new QPushButton), m_open(new QPushButton), m_recent(new QListWidget), m_samples(new QVBoxLayout) {
    setObjectName("welcome_page");
    m_title->setProperty(ThemeRole::heading, true);
    m_text->setProperty(ThemeRole::muted, true);
    m_text->setWordWrap(true);
    m_drop->setProperty(ThemeRole::muted, true);
    m_new->setObjectName("welcome_new");
    m_new->setProperty(ThemeRole::primary, true);
    m_new->setIcon(QIcon());
    m_open->setObjectName("welcome_open");
    m_recent->setObjectName("welcome_recent");
    m_recent->setIconSize({20, 20});
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_new);
    buttons->addWidget(m_open);
    buttons->addStretch();
    auto* left = new QVBoxLayout;
    left->setSpacing(8);
    left->addWidget(m_recentTitle);
    left->addWidget(m_recent, 1);
    auto* right = new QVBoxLayout;
    right->setSpacing(8);
    right->addWidget(m_samplesTitle);
    right->addLayout(m_samples);
    right->addStretch(1);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(32);
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    auto* centre = new QWidget;
    centre->setMaximumWidth(960);
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(24, 40, 24, 24);
    layout->setSpacing(12);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addLayout(buttons);
    layout->addSpacing(16);
    layout->addLayout(columns, 1);
    layout->addWidget(m_drop);
    auto* outer = new QHBoxLayout(this);
    outer->addStretch(1);
    outer->addWidget(centre, 20);
    outer->addStretch(1);
    connect(m_new, &QPushButton::clicked, this, &WelcomePage::newWanted);
    connect(m_open, &QPushButton::clicked, this, &WelcomePage::openWanted);
    const auto openItem = [this](QListWidgetItem* item) {
        if (const QString file = item->data(Qt::UserRole).toString(); !file.isEmpty()) emit fileWanted(file);
    };
    connect(m_recent, &QListWidget::itemActivated, this, openItem);
    connect(m_recent, &QListWidget::itemClicked, this, openItem);
    retranslate();
}

void WelcomePage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    fillRecent();
}

void WelcomePage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void WelcomePage::retranslate() {
    m_title->setText(tr("Welcome to Lamina"));
    m_text->setText(tr("From your data to a model in use, without programming. Everything stays on this computer."));
    m_new->setText(tr("New project…"));
    m_open->setText(tr("Open project…"));
    m_recentTitle->setText(tr("Recent projects"));
    m_samplesTitle->setText(tr("Try it with sample data"));
    m_recent->setAccessibleName(tr("Recent projects"));
    m_drop->setText(tr("You can also drop a file, a folder of pictures or a project onto this window."));
    fillRecent();
    fillSamples();
}

void WelcomePage::fillRecent() {
    m_recent->clear();
    const QStringList files = settings::recentProjects();
    for (const QString& file : files) {
        const QFileInfo info(file);
        auto* item = new QListWidgetItem(themeIcon("lamina"), info.completeBaseName() + '\n' + withHome(info.absolutePath()));
        item->setData(Qt::UserRole, file);
        item->setToolTip(file);
        item->setSizeHint(twoLines(*item, *m_recent));
        m_recent->addItem(item);
    }
    if (!files.isEmpty()) return;
    auto* item = new QListWidgetItem(tr("Projects that you open will be listed here."));
    item->setFlags(Qt::NoItemFlags);
    m_recent->addItem(item);
}

void WelcomePage::fillSamples() {
    while (QLayoutItem* item = m_samples->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const SampleProject& sample : sampleProjects()) {
        auto* card = new QFrame;
        card->setProperty(ThemeRole::card, true);
        auto* title = sectionLabel();
        title->setText(sample.title);
        auto* text = new QLabel(sample.available ? sample.text : tr("%1\nNot installed on this computer: apt install dataset-fashion-mnist").arg(sample.text));
        text->setWordWrap(true);
        text->setProperty(ThemeRole::muted, true);
        auto* button = new QPushButton(tr("Try it"));
        button->setObjectName("sample_" + sample.id);
        button->setAccessibleName(tr("Try the sample %1").arg(sample.title));
        button->setEnabled(sample.available);
        connect(button, &QPushButton::clicked, this, [this, id = sample.id] { emit sampleWanted(id); });
        auto* words = new QVBoxLayout;
        words->setSpacing(4);
        words->addWidget(title);
        words->addWidget(text);
        auto* row = new QHBoxLayout(card);
        row->setContentsMargins(16, 12, 16, 12);
        row->addLayout(words, 1);
        row->addWidget(button, 0, Qt::AlignVCenter);
        m_samples->addWidget(card);
    }
}

}  // namespace lamina
