#include "app/pages/data/import_dialog.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QEvent>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSplitter>
#include <QStyle>

#include <algorithm>

#include "app/pages/data/asked_kinds.h"
#include "app/pages/data/import_fix.h"
#include "app/pages/data/importer_rows.h"
#include "app/pages/data/preview_source.h"
#include "app/workspace/language.h"
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
    : QDialog(parent), m_workspace(workspace), m_request(start), m_look(std::make_shared<ImportLook>()), m_targetChosen(!start.target.empty() || start.noTarget) {
    setObjectName("import_dialog");
    if (!m_request.settings.is_object()) m_request.settings = nlohmann::json::object();
    m_cancel = new QPushButton;
    m_cancel->setObjectName("import_cancel");
    m_import = new QPushButton;
    m_import->setObjectName("import_start");
    m_import->setProperty(ThemeRole::primary, true);
    for (QPushButton* button : {m_cancel, m_import}) button->setAutoDefault(false);
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
    parts->setSizes({400, 600});
    parts->setChildrenCollapsible(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(parts, 1);
    layout->addLayout(buttons);
    resize(1080, 640);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_import, &QPushButton::clicked, this, &QDialog::accept);
    m_name->setText(m_request.name.empty() ? QFileInfo(QString::fromStdString(m_request.source.string())).completeBaseName()
                                           : QString::fromStdString(m_request.name));
    retranslate();
    // Nothing is known yet.
    for (QWidget* part : std::initializer_list<QWidget*>{m_kindLabel, m_kind, m_targetLabel, m_target, m_targetHelp, m_table, m_pictures})
        part->hide();
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
    layout->addWidget(m_settings, 1);
    layout->addStretch();
    side->setMinimumWidth(260);
    connect(m_importer, &QComboBox::activated, this, [this] {
        m_request.importer = m_importer->currentData().toString().toStdString();
        m_request.settings = nlohmann::json::object();
        lookAgain();
    });
    connect(m_settings, &PropertyPanel::changed, this, [this](const QString& id, const PropertyValue& value) {
        // Columns that are cut or named differently have other kinds.
        if (id != QLatin1String("types") && id != QLatin1String("missing") && m_request.settings.contains("types")) m_request.settings.erase("types");
        change(id.toStdString(), toJson(value));
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
    auto* layout = new QVBoxLayout(preview);
    layout->setContentsMargins(8, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_notice);
    layout->addWidget(m_pictureWords);
    layout->addWidget(m_pictures);
    layout->addWidget(m_table, 1);
    layout->addLayout(makeKind());
    layout->addWidget(m_issues);
    layout->addLayout(makeTarget());
    m_filler = new QWidget;
    layout->addWidget(m_filler, 1);
    connect(m_table, &DataTable::columnChosen, this, &ImportDialog::showKind);
    return preview;
}

QLayout* ImportDialog::makeTarget() {
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
    connect(m_target, &QComboBox::activated, this, [this] {
        m_targetChosen = true;
        m_request.target = m_target->currentData().toString().toStdString();
        m_request.noTarget = m_request.target.empty();
    });
    return target;
}

QLayout* ImportDialog::makeKind() {
    m_kindLabel = new QLabel;
    m_kindLabel->setTextFormat(Qt::PlainText);
    m_kind = new QComboBox;
    m_kind->setObjectName("import_kind");
    m_kindLabel->setBuddy(m_kind);
    for (const char* kind : {"", "number", "integer", "boolean", "category", "text"}) m_kind->addItem(QString(), QString::fromLatin1(kind));
    auto* kind = new QHBoxLayout;
    kind->setSpacing(12);
    kind->addWidget(m_kindLabel);
    kind->addWidget(m_kind);
    kind->addStretch();
    connect(m_kind, &QComboBox::activated, this, &ImportDialog::chooseKind);
    return kind;
}

void ImportDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

/// Enter in a field must not start the import: what was typed has not been looked at yet.
void ImportDialog::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter) return QDialog::keyPressEvent(event);
    if (auto* button = qobject_cast<QPushButton*>(focusWidget())) button->click();
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
    m_kind->setItemText(0, tr("found by itself"));
    for (int i = 1; i < m_kind->count(); ++i)
        m_kind->setItemText(i, DataTableModel::kindText(cellKind(*columnKindFromName(m_kind->itemData(i).toString().toStdString()))));
    m_kind->setAccessibleName(tr("Kind of the chosen column"));
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
        [this](Result<std::shared_ptr<const ImportLook>> look) {
            if (look) take(std::move(*look));
        });
}

void ImportDialog::take(std::shared_ptr<const ImportLook> look) {
    m_look = std::move(look);
    m_ready = true;
    m_busy->hide();
    m_import->setEnabled(m_look->importer && !m_look->error && !m_look->preview.columns.empty() && !m_workspace.readOnly());
    fillImporters();
    showSettings();
    const int column = m_table->currentColumn();
    m_table->setSource(m_look->error ? nullptr : std::make_shared<PreviewSource>(m_look));
    m_table->setVisible(!m_look->error);
    m_filler->setVisible(m_look->error.has_value());
    m_table->showColumn(std::max(0, column));
    showKind();
    showTargets();
    showPictures();
    showWords();
    if (m_import->isEnabled() && (!focusWidget() || (focusWidget() == m_name && !m_name->isModified()))) m_import->setFocus();
}

void ImportDialog::change(const std::string& setting, nlohmann::json value) {
    m_request.settings[setting] = std::move(value);
    if (m_look->importer) m_request.importer = m_look->importer->id;
    lookAgain();
}

void ImportDialog::showKind() {
    const int column = m_table->currentColumn();
    const bool takesKinds = m_look->importer && !m_look->error && column >= 0 && static_cast<std::size_t>(column) < m_look->preview.columns.size() &&
                            std::any_of(m_look->importer->properties.begin(), m_look->importer->properties.end(),
                                        [](const Property& property) { return property.id == "types"; });
    m_kindLabel->setVisible(takesKinds);
    m_kind->setVisible(takesKinds);
    if (!takesKinds) return;
    const std::string& name = m_look->preview.columns[static_cast<std::size_t>(column)].name;
    const QString shown = m_kindLabel->fontMetrics().elidedText(QString::fromStdString(name), Qt::ElideRight, 220);
    m_kindLabel->setText(tr("&Kind of %1").arg(QString(shown).replace(u'&', QLatin1String("&&"))));
    const std::string asked = askedKind(m_request.settings.value("types", std::string()), name);
    m_kind->setCurrentIndex(std::max(0, m_kind->findData(QString::fromStdString(asked))));
    // The importer's list of kinds is cut at commas.
    m_kind->setEnabled(name.find(',') == std::string::npos);
}

void ImportDialog::chooseKind() {
    const int column = m_table->currentColumn();
    if (column < 0 || static_cast<std::size_t>(column) >= m_look->preview.columns.size()) return;
    const std::string& name = m_look->preview.columns[static_cast<std::size_t>(column)].name;
    change("types", withAskedKind(m_request.settings.value("types", std::string()), name, m_kind->currentData().toString().toStdString()));
}

void ImportDialog::showSettings() {
    m_settings->setVisible(m_look->importer != nullptr);
    if (!m_look->importer) return;
    m_settings->setHeading({}, tr("How it is read"),
                           messageText("importer." + m_look->importer->id + ".summary", QString::fromStdString(m_look->importer->summary)));
    m_settings->setRows(importerRows(*m_look->importer, m_request.settings, m_look->preview.detected));
}

void ImportDialog::showTargets() {
    const QSignalBlocker quiet(m_target);
    m_target->clear();
    std::vector<ColumnInfo> columns = m_look->preview.columns;
    for (const ColumnInfo& column : columns)
        if (column.kind != ColumnKind::Tensor) m_target->addItem(QString::fromStdString(column.name), QString::fromStdString(column.name));
    if (m_target->count() > 0) m_target->insertItem(0, tr("Nothing (yet)"), QString());
    const bool stillThere = m_target->findData(QString::fromStdString(m_request.target)) >= 0;
    if (!m_targetChosen || !stillThere) {
        m_request.target = guessTarget(columns);
        m_request.noTarget = false;
    }
    m_target->setCurrentIndex(m_target->findData(QString::fromStdString(m_request.target)));
    for (QWidget* part : {static_cast<QWidget*>(m_target), static_cast<QWidget*>(m_targetLabel), static_cast<QWidget*>(m_targetHelp)})
        part->setVisible(m_target->count() > 0);
}

void ImportDialog::showPictures() {
    const bool any = !m_look->pictures.empty();
    m_pictures->setSource(any ? std::make_shared<PreviewPictures>(m_look) : nullptr);
    m_pictures->setVisible(any);
}

void ImportDialog::showWords() {
    sayError();
    m_pictureWords->setText(pictureWords());
    m_pictureWords->setVisible(!m_pictureWords->text().isEmpty());
    QStringList issues;
    for (std::size_t i = 0; i < std::min(m_look->preview.issues.size(), mostIssues); ++i) issues << Workspace::words(m_look->preview.issues[i]);
    const auto& all = m_look->preview.issues;
    const bool warned = std::any_of(all.begin(), all.end(), [](const Issue& issue) { return issue.severity != Severity::Note; });
    m_issues->setProperty(ThemeRole::tone, warned ? "warning" : "");
    m_issues->setProperty(ThemeRole::muted, !warned);
    m_issues->style()->polish(m_issues);
    m_issues->setText(issues.join('\n'));
    m_issues->setVisible(!issues.isEmpty());
    m_room->setText(m_ready ? roomWords() : tr("Reading the first rows …"));
    const bool tight = m_ready && m_look->freeBytes > 0 && m_look->bytes > m_look->freeBytes;
    m_room->setProperty(ThemeRole::tone, tight ? "bad" : "");
    m_room->style()->polish(m_room);
}

void ImportDialog::sayError() {
    if (!m_look->error) return m_notice->hide();
    const auto fix = importFix(*m_look->error);
    if (!fix) return m_notice->say(Notice::Tone::Bad, Workspace::words(*m_look->error));
    m_notice->say(Notice::Tone::Bad, Workspace::words(*m_look->error), fix->button, [this, fix = *fix] { change(fix.setting, fix.value); });
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
    const QString classes = number(static_cast<std::int64_t>(m_look->classes.size()));
    QString words = most->second == fewest->second ? tr("%1 pictures in %2 classes, %3 of each.").arg(number(all), classes, number(most->second))
                                                   : tr("%1 pictures in %2 classes, from %3 (%4) to %5 (%6).")
                                                         .arg(number(all), classes, number(fewest->second), QString::fromStdString(fewest->first),
                                                              number(most->second), QString::fromStdString(most->first));
    if (m_look->largest.isValid())
        words += u' ' + (m_look->smallest == m_look->largest
                             ? tr("%1 pixels each.").arg(pixels(m_look->largest))
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

void ImportDialog::done(int result) {
    m_workspace.tasks().cancel(m_looking);
    QDialog::done(result);
}

ImportRequest ImportDialog::request() const {
    ImportRequest request = m_request;
    request.name = m_name->text().trimmed().toStdString();
    if (m_look->importer) request.importer = m_look->importer->id;
    return request;
}

}  // namespace lamina
