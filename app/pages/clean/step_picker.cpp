#include "app/pages/clean/step_picker.h"

#include <QAction>
#include <QBoxLayout>
#include <QFrame>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QTreeWidget>

#include <algorithm>

#include "app/pages/clean/step_words.h"
#include "app/settings/settings.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr int typeRole = Qt::UserRole + 1;
constexpr std::size_t mostOften = 6;
/// Stands among the steps, and is none.
constexpr const char* picturesEntry = "pictures_out";
constexpr const char* privacy = "privacy";

QString useKey(const std::string& type) { return QStringLiteral("clean/used/") + QString::fromStdString(type); }

/// What beginners need first, until they have used others more.
const std::vector<std::string> usualSteps{"fill_missing",  "drop_columns", "change_type",       "map_values",     "filter",
                                          "rename_column", "trim_text",    "drop_missing_rows", "drop_duplicates"};

std::vector<std::string> oftenUsed() {
    std::vector<std::pair<int, std::string>> counted;
    for (const CleaningStepType* type : cleaningStepCatalogue()) {
        const int used = settings::value(useKey(type->id), 0).toInt();
        const auto usual = std::find(usualSteps.begin(), usualSteps.end(), type->id);
        const int prior = usual == usualSteps.end() ? 0 : static_cast<int>(usualSteps.end() - usual);
        if (used > 0 || prior > 0) counted.emplace_back(used * 4 + prior, type->id);
    }
    std::stable_sort(counted.begin(), counted.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::string> ids;
    for (const auto& [count, id] : counted)
        if (ids.size() < mostOften) ids.push_back(id);
    return ids;
}

/// How well a step answers what was typed; 0: not at all. Every word must be found somewhere.
int stepRank(const CleaningStepType& type, const QString& query) {
    const QString title = stepTitle(type).toLower(),
                  all = stepSearchWords(type) + u'\n' + stepSummary(type).toLower() + u'\n' + stepCategory(type.category).toLower();
    if (title.startsWith(query)) return 4;
    if (title.contains(query)) return 3;
    bool inTitle = true;
    for (const QString& word : query.split(u' ', Qt::SkipEmptyParts)) {
        if (!all.contains(word)) return 0;
        inTitle = inTitle && title.contains(word);
    }
    return inTitle || stepSearchWords(type).contains(u'\n' + query) ? 2 : 1;
}

}  // namespace

StepPicker::StepPicker(QWidget* parent) : QLineEdit(parent) {
    setObjectName("step_picker");
    setClearButtonEnabled(true);
    addAction(themeIcon("add"), QLineEdit::LeadingPosition);
    connect(this, &QLineEdit::textChanged, this, [this] {
        if (!hasFocus() && text().isEmpty()) return;
        open();
    });
    connect(this, &QLineEdit::returnPressed, this, [this] {
        if (isOpen()) choose(m_list->currentItem());
        else open();
    });
    retranslate();
}

void StepPicker::makeList() {
    m_frame = new QFrame(window());
    m_frame->setObjectName("step_picker_list");
    m_frame->setProperty(ThemeRole::card, true);
    m_frame->setAutoFillBackground(true);
    m_list = new QTreeWidget;
    m_list->setObjectName("step_picker_tree");
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setIndentation(12);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformRowHeights(true);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_explain = new QLabel;
    m_explain->setWordWrap(true);
    m_explain->setTextFormat(Qt::PlainText);
    m_explain->setProperty(ThemeRole::muted, true);
    m_explain->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_explain->setAlignment(Qt::AlignTop);
    auto* layout = new QVBoxLayout(m_frame);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(8);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_explain);
    connect(m_list, &QTreeWidget::itemClicked, this, [this](QTreeWidgetItem* item) { choose(item); });
    connect(m_list, &QTreeWidget::itemEntered, m_list, [this](QTreeWidgetItem* item) {
        if (!item->data(0, typeRole).toString().isEmpty()) m_list->setCurrentItem(item);
    });
    connect(m_list, &QTreeWidget::currentItemChanged, this, &StepPicker::explain);
    m_list->setAccessibleName(tr("Cleaning steps"));
}

bool StepPicker::isOpen() const { return m_frame && m_frame->isVisible(); }

void StepPicker::open() {
    if (!m_frame) makeList();
    fill();
    place();
    m_frame->show();
    m_frame->raise();
}

void StepPicker::place() {
    const QPoint corner = mapTo(window(), QPoint(0, height() + 4));
    const int height = std::min(440, window()->height() - corner.y() - 16);
    m_frame->setGeometry(corner.x(), corner.y(), std::max(width(), 320), std::max(160, height));
}

void StepPicker::close() {
    if (m_frame) m_frame->hide();
}

void StepPicker::fill() {
    m_list->clear();
    const QString query = text().trimmed().toLower();
    if (query.isEmpty()) {
        addGroup(tr("Used often"), oftenUsed());
        for (const std::string& category : stepCategories()) {
            std::vector<std::string> types;
            for (const CleaningStepType* type : cleaningStepCatalogue())
                if (type->category == category) types.push_back(type->id);
            QTreeWidgetItem* group = addGroup(stepCategory(category), types);
            if (group && m_anyPictures && category == privacy) addPictures(*group);
        }
    } else {
        std::vector<std::pair<int, std::string>> found;
        for (const CleaningStepType* type : cleaningStepCatalogue())
            if (const int rank = stepRank(*type, query)) found.emplace_back(rank, type->id);
        std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        std::vector<std::string> types;
        for (const auto& [rank, type] : found) types.push_back(type);
        const bool pictures = asksForPictures(query);
        QTreeWidgetItem* group = addGroup(found.empty() && !pictures ? tr("No step is called so. Try another word.") : tr("Fitting steps"), types);
        if (group && pictures) addPictures(*group);
    }
    if (QTreeWidgetItem* group = m_list->topLevelItem(0); group && group->childCount() > 0) m_list->setCurrentItem(group->child(0));
    explain();
}

/// Every word must be found somewhere.
bool StepPicker::asksForPictures(const QString& query) const {
    const QString words = (tr("Blur boxes and strip EXIF and GPS …") + u' ' + stepCategory(privacy)).toLower() +
                          QStringLiteral(" anonymise anonymize blur blurred boxes faces number plates strip exif gps place metadata camera notes pictures photos images privacy "
                                         "mosaic 匿名 模糊 打码 马赛克 人脸 车牌 去除 元数据 位置 图片 照片 隐私");
    const QStringList asked = query.split(u' ', Qt::SkipEmptyParts);
    return m_anyPictures && std::all_of(asked.begin(), asked.end(), [&](const QString& word) { return words.contains(word); });
}

void StepPicker::addPictures(QTreeWidgetItem& group) {
    auto* item = new QTreeWidgetItem(&group, {tr("Blur boxes and strip EXIF and GPS …")});
    item->setData(0, typeRole, QLatin1String(picturesEntry));
}

QTreeWidgetItem* StepPicker::addGroup(const QString& title, const std::vector<std::string>& types) {
    if (types.empty() && text().trimmed().isEmpty()) return nullptr;
    auto* group = new QTreeWidgetItem(m_list, {title});
    group->setFlags(Qt::ItemIsEnabled);
    group->setForeground(0, themeColours().mutedText);
    for (const std::string& id : types) {
        const CleaningStepType* type = findCleaningStep(id);
        auto* item = new QTreeWidgetItem(group, {stepTitle(*type)});
        item->setData(0, typeRole, QString::fromStdString(id));
    }
    group->setExpanded(true);
    return group;
}

void StepPicker::explain() {
    const QTreeWidgetItem* item = m_list->currentItem();
    const QString id = item ? item->data(0, typeRole).toString() : QString();
    if (id == QLatin1String(picturesEntry))
        return m_explain->setText(tr("No step: copies of the pictures are written into a folder, without the camera's notes and with what you choose made "
                                     "unrecognisable. The data here stays as it is."));
    const CleaningStepType* type = findCleaningStep(id.toStdString());
    m_explain->setText(type ? stepSummary(*type) : QString());
}

void StepPicker::choose(QTreeWidgetItem* item) {
    const std::string type = item ? item->data(0, typeRole).toString().toStdString() : std::string();
    if (type.empty()) return;
    clear();
    close();
    if (type == picturesEntry) return emit picturesWanted();
    emit chosen(type);
}

void StepPicker::noteUse(const std::string& type) { settings::setValue(useKey(type), settings::value(useKey(type), 0).toInt() + 1); }

/// To the next step, whatever group it is in.
void StepPicker::moveCurrent(int by) {
    QTreeWidgetItem* item = m_list->currentItem();
    do item = item ? by > 0 ? m_list->itemBelow(item) : m_list->itemAbove(item) : m_list->topLevelItem(0);
    while (item && item->data(0, typeRole).toString().isEmpty());
    if (item) m_list->setCurrentItem(item);
}

void StepPicker::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if (key == Qt::Key_Escape && isOpen()) return close();
    if (key == Qt::Key_Down || key == Qt::Key_Up) {
        if (isOpen()) moveCurrent(key == Qt::Key_Down ? 1 : -1);
        else open();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void StepPicker::mousePressEvent(QMouseEvent* event) {
    QLineEdit::mousePressEvent(event);
    open();
}

void StepPicker::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    close();
}

void StepPicker::retranslate() {
    setPlaceholderText(tr("What do you want to do?"));
    setAccessibleName(tr("Add a step: what do you want to do?"));
    setToolTip(tr("Type what you want to do, or choose from the list (Ctrl+K)"));
}

void StepPicker::changeEvent(QEvent* event) {
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace lamina
