#include "app/pages/data/import_dialog.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>

#include <algorithm>

#include "app/pages/data/importer_rows.h"
#include "app/workspace/language.h"
#include "app/pages/data/preview_source.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/notice.h"
#include "widgets/common/theme.h"
#include "widgets/gallery/thumbnail_gallery.h"
#include "widgets/properties/property_panel.h"
#include "widgets/tables/data_table.h"

namespace lamina {
namespace {

constexpr std::size_t mostIssues = 6;

QLabel* wrapped(const char* name, const char* role) {
    auto* label = new QLabel;
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    if (role) label->setProperty(role, true);
    return label;
}

nlohmann::json toJson(const PropertyValue& value) {
    return std::visit([](const auto& one) { return nlohmann::json(one); }, value);
}

}  // namespace

ImportDialog::ImportDialog(Workspace& workspace, const ImportRequest& start, QWidget* parent)
    : QDialog(parent), m_workspace(workspace), m_request(start), m_look(std::make_shared<ImportLook>()), m_targetChosen(!start.target.empty()) {
    setObjectName("import_dialog");
    if (!m_request.settings.is_object()) m_request.settings = nlohmann::json::object();
    m_cancel = new QPushButton;
    m_cancel->setObjectName("import_cancel");
    m_import = new QPushButton;
    m_import->setObjectName("import_start");
    m_import->setProperty(ThemeRole::primary, true);
    m_import->setDefault(true);
    m_busy = new QProgressBar;
    m_busy->setRange(0, 0);
    m_busy->setFixedWidth(120);
    m_room = new QLabel;
    m_room->setObjectName("import_room");
    m_room->setProperty(ThemeRole::muted, true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_busy);
    buttons->addWidget(m_room, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_import);
    auto* parts = new QSplitter;
    parts->addWidget(makeSettings());
    parts->addWidget(makePreview());
    parts->setStretchFactor(1, 1);
    parts->setSizes({300, 660});
    parts->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(parts, 1);
    layout->addLayout(buttons);
    resize(1000, 620);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_import, &QPushButton::clicked, this, &QDialog::accept);
    m_name->setText(m_request.name.empty() ? QFileInfo(QString::fromStdString(m_request.source.string())).completeBaseName() : QString::fromStdString(m_request.name));
    retranslate();
    lookAgain();
}

QWidget* ImportDialog::makeSettings() {
    auto* side = new QWidget;
    m_source = new ElidedLabel(nullptr, Qt::ElideMiddle);
    m_source->setObjectName("import_source");
    m_source->setProperty(ThemeRole::muted, true);
    m_nameLabel = new QLabel;
    m_name = new QLineEdit;
    m_name->setObjectName("import_name");
    m_nameLabel->setBuddy(m_name);
    m_importerLabel = new QLabel;
    m_importer = new QComboBox;
    m_importer->setObjectName("import_importer");
    m_importer->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_importer->setMinimumContentsLength(14);
    m_importerLabel->setBuddy(m_importer);
    m_summary = wrapped("import_summary", ThemeRole::muted);
    m_settings = new PropertyPanel;
    m_settings->setObjectName("import_settings");
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 8, 0);
    layout->setSpacing(6);
    layout->addWidget(m_source);
    layout->addWidget(m_nameLabel);
    layout->addWidget(m_name);
    layout->addWidget(m_importerLabel);
    layout->addWidget(m_importer);
    layout->addWidget(m_summary);
    layout->addWidget(m_settings, 1);
    side->setMinimumWidth(240);
    connect(m_importer, &QComboBox::activated, this, [this] {
        m_request.importer = m_importer->currentData().toString().toStdString();
        m_request.settings = nlohmann::json::object();
        lookAgain();
    });
    connect(m_settings, &PropertyPanel::changed, this, [this](const QString& id, const PropertyValue& value) {
        m_request.settings[id.toStdString()] = toJson(value);
        if (m_look->importer) m_request.importer = m_look->importer->id;
        lookAgain();
    });
    return side;
}

QWidget* ImportDialog::makePreview() {
    auto* preview = new QWidget;
    m_notice = new Notice;
    m_pictureWords = wrapped("import_pictures_words", nullptr);
    m_pictures = new ThumbnailGallery;
    m_pictures->setObjectName("import_pictures");
    m_pictures->setBarVisible(false);
    m_pictures->setSize(72);
    m_pictures->setFixedHeight(124);
    m_pictures->view().setWrapping(false);
    m_pictures->view().setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table = new DataTable;
    m_table->setObjectName("import_table");
    m_table->setBarVisible(false);
    m_issues = wrapped("import_issues", nullptr);
    m_issues->setProperty(ThemeRole::tone, "warning");
    m_targetLabel = new QLabel;
    m_target = new QComboBox;
    m_target->setObjectName("import_target");
    m_target->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_target->setMinimumContentsLength(16);
    m_targetLabel->setBuddy(m_target);
    m_targetHelp = wrapped("import_target_help", ThemeRole::muted);
    auto* target = new QHBoxLayout;
    target->setSpacing(12);
    target->addWidget(m_targetLabel);
    target->addWidget(m_target);
    target->addWidget(m_targetHelp, 1);
    auto* layout = new QVBoxLayout(preview);
    layout->setContentsMargins(8, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_notice);
    layout->addWidget(m_pictureWords);
    layout->addWidget(m_pictures);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_issues);
    layout->addLayout(target);
    connect(m_target, &QComboBox::activated, this, [this] {
        m_targetChosen = true;
        m_request.target = m_target->currentData().toString().toStdString();
    });
    return preview;
}

void ImportDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ImportDialog::retranslate() {
    setWindowTitle(tr("Import data"));
    m_source->setFullText(QString::fromStdString(m_request.source.string()));
    m_nameLabel->setText(tr("&Name"));
    m_name->setAccessibleName(tr("Name of the dataset"));
    m_importerLabel->setText(tr("&Read as"));
    m_importer->setAccessibleName(tr("Read as"));
    m_targetLabel->setText(tr("To be &predicted"));
    m_target->setAccessibleName(tr("Column to be predicted"));
    m_targetHelp->setText(tr("The network learns to find this column from the others. It can be changed later."));
    m_settings->setAccessibleName(tr("How the source is read"));
    m_busy->setAccessibleName(tr("Reading the first rows"));
    m_pictures->setAccessibleName(tr("Some of the pictures"));
    m_table->view().setAccessibleName(tr("First rows"));
    m_cancel->setText(tr("Cancel"));
    m_import->setText(tr("&Import"));
    fillImporters();
    showSettings();
    showWords();
}

void ImportDialog::fillImporters() {
    const QSignalBlocker quiet(m_importer);
    m_importer->clear();
    for (const ImporterType* importer : importerCatalogue()) m_importer->addItem(importerTitle(*importer), QString::fromStdString(importer->id));
    const auto& chosen = m_look->importer ? m_look->importer->id : m_request.importer;
    m_importer->setCurrentIndex(m_importer->findData(QString::fromStdString(chosen)));
}

void ImportDialog::lookAgain() {
    m_workspace.tasks().cancel(m_looking);
    m_ready = false;
    m_import->setEnabled(false);
    m_busy->show();
    const auto project = m_workspace.shared();
    const Path folder = project ? project->file().parent_path() : Path(".");
    m_looking = m_workspace.tasks().quietly(
        this,
        [request = m_request, folder](TaskContext& context) -> Result<std::shared_ptr<const ImportLook>> {
            return std::shared_ptr<const ImportLook>(
                std::make_shared<ImportLook>(lookAtImport(request.source, request.importer, request.settings, folder, context.cancel)));
        },
        [this](Result<std::shared_ptr<const ImportLook>> look) { if (look) take(std::move(*look)); });
}

void ImportDialog::take(std::shared_ptr<const ImportLook> look) {
    m_look = std::move(look);
    m_ready = true;
    m_busy->hide();
    m_import->setEnabled(m_look->importer && !m_look->error && !m_look->preview.columns.empty() && !m_workspace.readOnly());
    fillImporters();
    showSettings();
    m_table->setSource(m_look->error ? nullptr : std::make_shared<PreviewSource>(m_look));
    m_table->setVisible(!m_look->error);
    showTargets();
    showPictures();
    showWords();
}

void ImportDialog::showSettings() {
    if (!m_look->importer) {
        m_settings->setRows({});
        return;
    }
    m_settings->setRows(importerRows(*m_look->importer, m_request.settings, m_look->preview.detected));
}

void ImportDialog::showTargets() {
    const QSignalBlocker quiet(m_target);
    m_target->clear();
    std::vector<ColumnInfo> columns = m_look->preview.columns;
    for (const ColumnInfo& column : columns)
        if (column.kind != ColumnKind::Tensor) m_target->addItem(QString::fromStdString(column.name), QString::fromStdString(column.name));
    const bool stillThere = m_target->findData(QString::fromStdString(m_request.target)) >= 0;
    if (!m_targetChosen || !stillThere) m_request.target = guessTarget(columns);
    m_target->setCurrentIndex(m_target->findData(QString::fromStdString(m_request.target)));
    for (QWidget* part : {static_cast<QWidget*>(m_target), static_cast<QWidget*>(m_targetLabel), static_cast<QWidget*>(m_targetHelp)}) part->setVisible(m_target->count() > 0);
}

void ImportDialog::showPictures() {
    const bool any = !m_look->pictures.empty();
    m_pictures->setSource(any ? std::make_shared<PreviewPictures>(m_look) : nullptr);
    m_pictures->setVisible(any);
}

void ImportDialog::showWords() {
    m_summary->setText(m_look->importer ? QString::fromStdString(text("importer." + m_look->importer->id + ".summary", currentLanguage())) : QString());
    if (m_look->error) m_notice->say(Notice::Tone::Bad, Workspace::words(*m_look->error));
    else m_notice->hide();
    m_pictureWords->setText(pictureWords());
    m_pictureWords->setVisible(!m_pictureWords->text().isEmpty());
    QStringList issues;
    for (std::size_t i = 0; i < std::min(m_look->preview.issues.size(), mostIssues); ++i) issues << Workspace::words(m_look->preview.issues[i]);
    m_issues->setText(issues.join('\n'));
    m_issues->setVisible(!issues.isEmpty());
    m_room->setText(m_ready ? roomWords() : tr("Reading the first rows …"));
    const bool tight = m_ready && m_look->freeBytes > 0 && m_look->bytes > m_look->freeBytes;
    m_room->setProperty(ThemeRole::tone, tight ? "bad" : "");
    m_room->setStyleSheet({});
}

QString ImportDialog::pictureWords() const {
    if (m_look->classes.empty()) return {};
    std::int64_t all = 0;
    const auto byCount = [](const auto& a, const auto& b) { return a.second < b.second; };
    for (const auto& one : m_look->classes) all += one.second;
    const auto [fewest, most] = std::minmax_element(m_look->classes.begin(), m_look->classes.end(), byCount);
    const QLocale locale;
    const auto number = [&](std::int64_t value) { return locale.toString(static_cast<qlonglong>(value)); };
    const auto pixels = [](const QSize& size) { return QStringLiteral("%1 × %2").arg(size.width()).arg(size.height()); };
    QString words = tr("%1 pictures in %2 classes").arg(number(all), number(static_cast<std::int64_t>(m_look->classes.size())));
    words += most->second == fewest->second ? tr(", %1 of each.").arg(number(most->second))
                                            : tr(", from %1 (%2) to %3 (%4).").arg(number(fewest->second), QString::fromStdString(fewest->first), number(most->second), QString::fromStdString(most->first));
    if (m_look->largest.isValid())
        words += u' ' + (m_look->smallest == m_look->largest ? tr("%1 pixels each.").arg(pixels(m_look->largest))
                                                             : tr("Sizes from about %1 to %2 pixels.").arg(pixels(m_look->smallest), pixels(m_look->largest)));
    return words;
}

QString ImportDialog::roomWords() const {
    const QLocale locale;
    const QString size = locale.formattedDataSize(static_cast<qint64>(m_look->bytes));
    if (m_look->freeBytes == 0) return tr("The source has %1.").arg(size);
    const QString room = locale.formattedDataSize(static_cast<qint64>(m_look->freeBytes));
    if (m_look->bytes > m_look->freeBytes) return tr("The source has %1, but only %2 are free beside the project.").arg(size, room);
    return tr("The source has %1; %2 are free beside the project.").arg(size, room);
}

ImportRequest ImportDialog::request() const {
    ImportRequest request = m_request;
    request.name = m_name->text().trimmed().toStdString();
    if (m_look->importer) request.importer = m_look->importer->id;
    return request;
}

}  // namespace lamina
