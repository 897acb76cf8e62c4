#include "app/pages/train/augmentation_dialog.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>

#include "app/pages/train/augmentation_words.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"
#include "widgets/gallery/version_grid.h"
#include "widgets/properties/property_panel.h"

namespace lamina {
namespace {

constexpr int waitBeforeLook = 120, choiceWidth = 290;

QImage asImage(const Image& picture) {
    QImage image(static_cast<int>(picture.width), static_cast<int>(picture.height), QImage::Format_RGB32);
    const bool grey = picture.channels < 3;
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const auto at = static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) + static_cast<std::size_t>(x);
            const std::uint8_t red = picture.plane(0)[at];
            line[x] = grey ? qRgb(red, red, red) : qRgb(red, picture.plane(1)[at], picture.plane(2)[at]);
        }
    }
    return image;
}

VersionCell cellOf(const AugmentedVersion& version) {
    VersionCell cell;
    if (version.picture.width > 0) cell.picture = asImage(version.picture);
    cell.curve = version.series;
    for (const std::string& number : version.numbers) cell.lines << QString::fromStdString(number);
    return cell;
}

QPushButton* galleryButton(const char* name, const char* icon = nullptr) {
    auto* button = new QPushButton;
    button->setObjectName(name);
    button->setAutoDefault(false);
    if (icon) button->setIcon(themeIcon(icon));
    return button;
}

/// Rows with pictures among other columns are changed by both kinds, but not mixed.
bool suits(const AugmentationType& type, AugmentedData data) {
    if (data != AugmentedData::Mixed) return type.data == data;
    return !type.mix && (type.data == AugmentedData::Picture || type.data == AugmentedData::Table);
}

}  // namespace

AugmentationDialog::AugmentationDialog(Workspace& workspace, AugmentationChoice choice, QWidget* parent)
    : QDialog(parent),
      m_workspace(workspace),
      m_choice(std::move(choice)),
      m_text(new QLabel),
      m_count(new QLabel),
      m_list(new QListWidget),
      m_settings(new PropertyPanel),
      m_grid(new VersionGrid),
      m_usual(galleryButton("augmentation_usual")),
      m_none(galleryButton("augmentation_none")),
      m_again(galleryButton("augmentation_again", "refresh")),
      m_others(galleryButton("augmentation_others", "gallery")),
      m_cancel(galleryButton("augmentation_cancel")),
      m_take(galleryButton("augmentation_take")) {
    setObjectName("augmentation_dialog");
    setAttribute(Qt::WA_DeleteOnClose);
    m_take->setProperty(ThemeRole::primary, true);
    m_take->setDefault(true);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(16);
    columns->addWidget(makeChoice());
    columns->addWidget(makeGallery(), 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_count, 1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_take);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addLayout(columns, 1);
    layout->addLayout(buttons);
    m_wait.setSingleShot(true);
    m_wait.setInterval(waitBeforeLook);
    connect(&m_wait, &QTimer::timeout, this, &AugmentationDialog::look);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_take, &QPushButton::clicked, this, [this] {
        m_settings->commit();
        emit taken(steps());
        accept();
    });
    resize(920, 600);
    setSteps(m_choice.steps);
    retranslate();
    openSample();
}

AugmentationDialog::~AugmentationDialog() {
    for (const int task : {m_opening, m_looking})
        if (task != 0) m_workspace.tasks().cancel(task);
}

QWidget* AugmentationDialog::makeChoice() {
    auto* side = new QWidget;
    side->setFixedWidth(choiceWidth);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setProperty(ThemeRole::muted, true);
    m_list->setObjectName("augmentation_kinds");
    m_settings->setObjectName("augmentation_settings");
    auto* presets = new QHBoxLayout;
    presets->addWidget(m_usual);
    presets->addWidget(m_none);
    presets->addStretch(1);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_text);
    layout->addLayout(presets);
    layout->addWidget(m_list, 3);
    layout->addWidget(m_settings, 3);
    m_usual->setVisible(!m_choice.usual.empty());
    connect(m_list, &QListWidget::itemChanged, this, &AugmentationDialog::tick);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] {
        m_settings->commit();
        showSettings();
    });
    connect(m_settings, &PropertyPanel::changed, this, [this](const QString& id, const PropertyValue& value) {
        const int row = m_list->currentRow();
        if (row < 0) return;
        Entry& entry = m_entries[static_cast<std::size_t>(row)];
        setAugmentationValue(entry.step, id.toStdString(), value);
        // Who sets a strength wants to see it.
        if (!entry.on) m_list->item(row)->setCheckState(Qt::Checked);
        lookSoon();
    });
    connect(m_usual, &QPushButton::clicked, this, [this] { setSteps(m_choice.usual); });
    connect(m_none, &QPushButton::clicked, this, [this] { setSteps({}); });
    return side;
}

QWidget* AugmentationDialog::makeGallery() {
    auto* side = new QWidget;
    auto* tools = new QHBoxLayout;
    tools->addStretch(1);
    tools->addWidget(m_others);
    tools->addWidget(m_again);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(tools);
    layout->addWidget(m_grid, 1);
    connect(m_again, &QPushButton::clicked, this, [this] {
        ++m_look.seed;
        lookSoon();
    });
    connect(m_others, &QPushButton::clicked, this, [this] {
        ++m_look.first;
        lookSoon();
    });
    return side;
}

std::vector<AugmentationStep> AugmentationDialog::steps() const {
    std::vector<AugmentationStep> steps;
    for (const Entry& entry : m_entries)
        if (entry.on) steps.push_back(entry.step);
    return steps;
}

/// The given ones keep their order, since they are done one after the other; the kinds that are left follow.
void AugmentationDialog::setSteps(const std::vector<AugmentationStep>& steps) {
    m_entries.clear();
    for (const AugmentationStep& step : steps) {
        const AugmentationType* type = findAugmentation(step.type);
        if (type && suits(*type, m_choice.kind)) m_entries.push_back({step, true});
    }
    for (const AugmentationType* type : augmentationCatalogue()) {
        const bool there = std::any_of(m_entries.begin(), m_entries.end(), [&](const Entry& entry) { return entry.step.type == type->id; });
        if (suits(*type, m_choice.kind) && !there) m_entries.push_back({{type->id, propertiesToJson(type->properties, type->defaults), 1}, false});
    }
    fillList();
    lookSoon();
}

void AugmentationDialog::fillList() {
    const int current = std::max(0, m_list->currentRow());
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const Entry& entry : m_entries) {
            const AugmentationType& type = *findAugmentation(entry.step.type);
            auto* item = new QListWidgetItem(augmentationTitle(type), m_list);
            item->setToolTip(augmentationSummary(type));
            item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
            item->setCheckState(entry.on ? Qt::Checked : Qt::Unchecked);
        }
        m_list->setCurrentRow(std::min(current, m_list->count() - 1));
    }
    showSettings();
}

void AugmentationDialog::tick(QListWidgetItem* item) {
    const int row = m_list->row(item);
    Entry& entry = m_entries[static_cast<std::size_t>(row)];
    entry.on = item->checkState() == Qt::Checked;
    m_list->setCurrentRow(row);
    showSettings();
    lookSoon();
}

void AugmentationDialog::showSettings() {
    const int row = m_list->currentRow();
    m_count->setText(tr("%1 chosen").arg(steps().size()));
    if (row < 0) return m_settings->setRows({});
    const AugmentationStep& step = m_entries[static_cast<std::size_t>(row)].step;
    const AugmentationType& type = *findAugmentation(step.type);
    m_settings->setHeading(QString(), augmentationTitle(type), augmentationSummary(type));
    m_settings->setRows(augmentationRows(step));
}

void AugmentationDialog::openSample() {
    m_grid->setEmptyText(tr("The rows are being opened …"));
    m_opening = m_workspace.tasks().start(
        tr("Open rows for the gallery of augmentations"), this,
        [project = m_workspace.shared(), network = m_choice.network, split = m_choice.split](TaskContext& context) {
            return openAugmentationSample(*project, network, split, context.cancel);
        },
        [this](const Result<std::shared_ptr<const AugmentationSample>>& sample) {
            m_opening = 0;
            if (!sample) return m_grid->setEmptyText(Workspace::words(sample.error()));
            m_sample = *sample;
            look();
        });
}

void AugmentationDialog::look() {
    if (!m_sample) return;
    if (m_looking != 0) m_workspace.tasks().cancel(m_looking);
    m_look.steps = steps();
    m_looking = m_workspace.tasks().quietly(
        this, [sample = m_sample, what = m_look](TaskContext& context) { return augmentRows(*sample, what, context.cancel); },
        [this](const Result<std::vector<AugmentedRow>>& rows) {
            m_looking = 0;
            if (rows) return take(*rows);
            if (rows.error().code == "job.cancelled") return;
            m_grid->setLines({});
            m_grid->setEmptyText(Workspace::words(rows.error()));
        });
}

void AugmentationDialog::take(const std::vector<AugmentedRow>& rows) {
    std::vector<VersionLine> lines;
    for (const AugmentedRow& row : rows) {
        VersionLine line;
        line.name = row.answer.empty() ? tr("Row %1").arg(row.row + 1) : tr("Row %1 · %2").arg(row.row + 1).arg(QString::fromStdString(row.answer));
        for (const AugmentedVersion& version : row.versions) line.cells.push_back(cellOf(version));
        lines.push_back(std::move(line));
    }
    m_grid->setLines(std::move(lines));
    emit shown();
}

void AugmentationDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void AugmentationDialog::retranslate() {
    setWindowTitle(tr("Augmentation"));
    m_text->setText(tr("In each epoch the training rows are changed a little and anew, so that the network cannot learn them by heart. Validation and test "
                       "stay as they are."));
    m_list->setAccessibleName(tr("Kinds of augmentation"));
    m_usual->setText(tr("&Usual for photos"));
    m_usual->setToolTip(tr("A mild set that suits most photos. Leave flips out where left and right matter."));
    m_none->setText(tr("&None"));
    m_none->setToolTip(tr("The training rows stay as they are."));
    m_again->setText(tr("&Again"));
    m_again->setToolTip(tr("The same rows, changed with other random numbers."));
    m_others->setText(tr("&Other rows"));
    m_others->setToolTip(tr("Shows what becomes of other rows."));
    m_grid->setAccessibleName(tr("What becomes of some training rows"));
    m_grid->setTitles(tr("Original"), tr("As the training would see it"));
    m_cancel->setText(tr("&Cancel"));
    m_take->setText(tr("Us&e these"));
    if (m_list->count() > 0) fillList();
}

}  // namespace lamina
