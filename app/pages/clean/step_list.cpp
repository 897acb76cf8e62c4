#include "app/pages/clean/step_list.h"

#include <QDataStream>
#include <QEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>

#include <algorithm>

#include "app/pages/clean/step_words.h"
#include "app/workspace/workspace.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr const char* stepsMime = "application/x-lamina-steps";
constexpr int gap = 8, numberSize = 22, tickSize = 16;

/// Number, title, settings, what it did or why it did not run; a box to switch it off.
class StepDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        return {160, lines(index) * option.fontMetrics.height() + 2 * gap + errorHeight(option, index)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const ThemeColours& colours = themeColours();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRect card = option.rect.adjusted(2, 1, -2, -1);
        const bool selected = option.state & QStyle::State_Selected;
        if (selected || option.state & QStyle::State_MouseOver) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(selected ? colours.accentSoft : colours.raised);
            painter->drawRoundedRect(card, 6, 6);
        }
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(colours.accent);
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(card, 6, 6);
        }
        paintNumber(painter, card, index);
        paintLines(painter, textRect(option.rect, index), option, index);
        if (index.row() > 0) paintTick(painter, tickRect(option.rect), option, index);
        painter->restore();
    }

    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option, const QModelIndex& index) override {
        if (!(index.flags() & Qt::ItemIsUserCheckable)) return false;
        const auto type = event->type();
        if (type == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() != Qt::Key_Space) return false;
        if (type == QEvent::MouseButtonRelease || type == QEvent::MouseButtonPress || type == QEvent::MouseButtonDblClick) {
            const QPoint place = static_cast<QMouseEvent*>(event)->position().toPoint();
            if (!tickRect(option.rect).adjusted(-6, -6, 6, 6).contains(place)) return false;
            if (type != QEvent::MouseButtonRelease) return true;
        } else if (type != QEvent::KeyPress) {
            return false;
        }
        const bool on = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        return model->setData(index, on ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
    }

private:
    static QRect tickRect(const QRect& row) { return {row.right() - gap - tickSize, row.top() + gap + 1, tickSize, tickSize}; }
    static QRect textRect(const QRect& row, const QModelIndex& index) {
        return row.adjusted(gap + numberSize + gap, gap, index.row() > 0 ? -gap - tickSize - gap : -gap, -gap);
    }
    static int lines(const QModelIndex& index) {
        int count = 1;
        for (const int role : {StepListModel::LineRole, StepListModel::ReportRole, StepListModel::CommentRole})
            count += !index.data(role).toString().isEmpty();
        return count;
    }
    static QRect errorRect(const QRect& text, const QStyleOptionViewItem& option, const QString& error) {
        return option.fontMetrics.boundingRect(QRect(0, 0, text.width(), 400), Qt::TextWordWrap, error);
    }
    int errorHeight(const QStyleOptionViewItem& option, const QModelIndex& index) const {
        const QString error = index.data(StepListModel::ErrorRole).toString();
        if (error.isEmpty() || !option.widget) return 0;
        const int width = static_cast<const QAbstractScrollArea*>(option.widget)->viewport()->width();
        return errorRect(textRect(QRect(0, 0, width, 10), index), option, error).height();
    }

    void paintNumber(QPainter* painter, const QRect& card, const QModelIndex& index) const {
        const ThemeColours& colours = themeColours();
        const QRect place(card.left() + gap - 2, card.top() + gap - 2, numberSize, numberSize);
        if (index.row() == 0) return themeIcon(QStringLiteral("table")).paint(painter, place);
        const bool off = index.data(StepListModel::OffRole).toBool(), wrong = !index.data(StepListModel::ErrorRole).toString().isEmpty();
        painter->setPen(Qt::NoPen);
        painter->setBrush(wrong ? colours.bad : off ? colours.border : colours.accent);
        painter->drawEllipse(place);
        painter->setPen(off && !wrong ? colours.mutedText : colours.accentText);
        painter->drawText(place, Qt::AlignCenter, QString::number(index.row()));
    }

    void paintLines(QPainter* painter, QRect place, const QStyleOptionViewItem& option, const QModelIndex& index) const {
        const ThemeColours& colours = themeColours();
        const bool off = index.data(StepListModel::OffRole).toBool();
        const int height = option.fontMetrics.height();
        QFont font = option.font;
        const auto line = [&](const QString& text, const QColor& colour, bool bold, bool italic) {
            if (text.isEmpty()) return;
            font.setWeight(bold ? QFont::DemiBold : QFont::Normal);
            font.setItalic(italic);
            painter->setFont(font);
            painter->setPen(colour);
            painter->drawText(QRect(place.left(), place.top(), place.width(), height), Qt::AlignLeft | Qt::AlignVCenter,
                              QFontMetrics(font).elidedText(text, Qt::ElideRight, place.width()));
            place.setTop(place.top() + height);
        };
        line(index.data(StepListModel::TitleRole).toString(), off ? colours.mutedText : colours.text, true, false);
        line(index.data(StepListModel::LineRole).toString(), colours.mutedText, false, false);
        line(index.data(StepListModel::ReportRole).toString(), off ? colours.mutedText : colours.accent, false, false);
        line(index.data(StepListModel::CommentRole).toString(), colours.mutedText, false, true);
        const QString error = index.data(StepListModel::ErrorRole).toString();
        if (error.isEmpty()) return;
        font.setWeight(QFont::Normal);  // as it was measured
        font.setItalic(false);
        painter->setFont(font);
        painter->setPen(colours.bad);
        painter->drawText(place, Qt::TextWordWrap, error);
    }

    void paintTick(QPainter* painter, const QRect& place, const QStyleOptionViewItem& option, const QModelIndex& index) const {
        QStyleOptionViewItem box = option;
        box.rect = place;
        box.state &= ~(QStyle::State_HasFocus | QStyle::State_On | QStyle::State_Off);
        box.state |= index.data(Qt::CheckStateRole).toInt() == Qt::Checked ? QStyle::State_On : QStyle::State_Off;
        (option.widget ? option.widget->style() : nullptr)->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &box, painter, option.widget);
    }
};

}  // namespace

void StepListModel::setSource(const QString& source) {
    m_source = source;
    emit dataChanged(index(0), index(0));
}

void StepListModel::setRecipe(const Recipe& recipe) {
    const bool sameSteps = std::equal(recipe.steps.begin(), recipe.steps.end(), m_recipe.steps.begin(), m_recipe.steps.end(),
                                      [](const RecipeStep& a, const RecipeStep& b) { return a.id == b.id; });
    if (sameSteps) {
        m_recipe = recipe;
        emit dataChanged(index(0), index(rowCount() - 1));
        return;
    }
    beginResetModel();
    std::vector<StepResult> results(recipe.steps.size());
    for (std::size_t i = 0; i < recipe.steps.size(); ++i)
        for (std::size_t j = 0; j < std::min(m_results.size(), m_recipe.steps.size()); ++j)
            if (m_recipe.steps[j].id == recipe.steps[i].id) results[i] = m_results[j];
    m_recipe = recipe;
    m_results = std::move(results);
    endResetModel();
}

void StepListModel::setResults(const std::vector<StepResult>& results) {
    m_results = results;
    m_results.resize(m_recipe.steps.size());
    m_busyFrom = SIZE_MAX;
    emit dataChanged(index(0), index(rowCount() - 1));
}

void StepListModel::setResult(std::size_t step, const StepResult& result) {
    if (step >= m_recipe.steps.size()) return;
    m_results.resize(m_recipe.steps.size());
    m_results[step] = result;
    emit dataChanged(index(static_cast<int>(step) + 1), index(static_cast<int>(step) + 1));
}

void StepListModel::setBusyFrom(std::size_t step) {
    m_busyFrom = step;
    emit dataChanged(index(0), index(rowCount() - 1));
}

void StepListModel::setEditable(bool editable) { m_editable = editable; }

int StepListModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_recipe.steps.size()) + 1; }

QString StepListModel::errorText(std::size_t step) const {
    if (step >= m_results.size() || !m_results[step].error || !m_recipe.steps[step].enabled) return {};
    // The steps behind one that failed carry its error; it is said once.
    for (std::size_t before = 0; before < step; ++before)
        if (m_results[before].error && m_recipe.steps[before].enabled) return tr("Waits until step %1 works.").arg(before + 1);
    return Workspace::words(*m_results[step].error);
}

QVariant StepListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    if (index.row() == 0) {
        if (role == TitleRole || role == Qt::DisplayRole) return tr("The data as it was imported");
        if (role == LineRole) return m_source;
        return role == Qt::AccessibleTextRole ? QVariant(tr("The data as it was imported: %1").arg(m_source)) : QVariant();
    }
    const auto place = static_cast<std::size_t>(index.row() - 1);
    const RecipeStep& step = m_recipe.steps[place];
    const bool known = place < m_results.size() && !m_results[place].error && step.enabled;
    switch (role) {
        case Qt::DisplayRole:
        case TitleRole: return stepTitle(step);
        case LineRole: return errorText(place).isEmpty() ? stepLine(step) : stepColumnsLine(step);
        case ReportRole:
            if (!step.enabled) return tr("switched off");
            return known ? reportWords(step, m_results[place].report) : QString();
        case ErrorRole: return errorText(place);
        case CommentRole: return QString::fromStdString(step.comment);
        case OffRole: return !step.enabled;
        case BusyRole: return place >= m_busyFrom;
        case Qt::CheckStateRole: return step.enabled ? Qt::Checked : Qt::Unchecked;
        case Qt::AccessibleTextRole:
        case Qt::ToolTipRole: {
            QStringList words{tr("Step %1: %2").arg(index.row()).arg(stepTitle(step))};
            for (const int part : {LineRole, ReportRole, CommentRole, ErrorRole})
                if (const QString text = data(index, part).toString(); !text.isEmpty()) words << text;
            const QString all = words.join(role == Qt::ToolTipRole ? QStringLiteral("\n") : QStringLiteral(". "));
            return role == Qt::ToolTipRole ? QStringLiteral("<qt>%1</qt>").arg(all.toHtmlEscaped().replace(u'\n', QLatin1String("<br>"))) : all;
        }
        default: return {};
    }
}

bool StepListModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::CheckStateRole || index.row() < 1 || !m_editable) return false;
    emit switched(static_cast<std::size_t>(index.row() - 1), value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags StepListModel::flags(const QModelIndex& index) const {
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (!index.isValid()) return m_editable ? Qt::ItemIsDropEnabled : Qt::NoItemFlags;
    if (index.row() > 0 && m_editable) flags |= Qt::ItemIsDragEnabled | Qt::ItemIsUserCheckable;
    return flags | Qt::ItemNeverHasChildren;
}

QStringList StepListModel::mimeTypes() const { return {QLatin1String(stepsMime)}; }

QMimeData* StepListModel::mimeData(const QModelIndexList& indexes) const {
    QList<int> rows;
    for (const QModelIndex& index : indexes)
        if (index.row() > 0) rows << index.row() - 1;
    std::sort(rows.begin(), rows.end());
    if (rows.isEmpty()) return nullptr;
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << rows;
    auto* data = new QMimeData;
    data->setData(QLatin1String(stepsMime), bytes);
    return data;
}

bool StepListModel::dropMimeData(const QMimeData* data, Qt::DropAction action, int row, int, const QModelIndex& parent) {
    if (action != Qt::MoveAction || !m_editable || !data->hasFormat(QLatin1String(stepsMime))) return false;
    QList<int> rows;
    QDataStream stream(data->data(QLatin1String(stepsMime)));
    stream >> rows;
    if (row < 0) row = parent.isValid() ? parent.row() : rowCount();
    std::vector<std::size_t> steps;
    for (const int step : rows)
        if (step >= 0 && step < rowCount() - 1) steps.push_back(static_cast<std::size_t>(step));
    if (!steps.empty()) emit moved(steps, static_cast<std::size_t>(std::clamp(row - 1, 0, rowCount() - 1)));
    // The model itself is set anew by who keeps the recipe: the view must not remove rows.
    return false;
}

StepList::StepList(StepListModel& model, QWidget* parent) : QListView(parent), m_model(model) {
    setObjectName("step_list");
    setModel(&model);
    setItemDelegate(new StepDelegate(this));
    setSelectionMode(ExtendedSelection);
    setDragDropMode(InternalMove);
    setDefaultDropAction(Qt::MoveAction);
    setDropIndicatorShown(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setResizeMode(Adjust);
    setMouseTracking(true);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setFrameShape(NoFrame);
    connect(this, &QWidget::customContextMenuRequested, this, &StepList::showMenu);
    connect(this, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex& index) {
        if (index.row() > 0) emit editWanted(static_cast<std::size_t>(index.row() - 1));
    });
    // A step's lines come and go with what it did; the one that is looked at stays in sight.
    connect(&model, &QAbstractItemModel::dataChanged, this, [this] {
        scheduleDelayedItemsLayout();
        QTimer::singleShot(0, this, [this] {
            if (currentIndex().isValid()) scrollTo(currentIndex());
        });
    });
    retranslate();
}

void StepList::retranslate() { setAccessibleName(tr("Steps of the recipe")); }

void StepList::changeEvent(QEvent* event) {
    QListView::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

std::vector<std::size_t> StepList::selectedSteps() const {
    std::vector<std::size_t> steps;
    for (const QModelIndex& index : selectionModel()->selectedIndexes())
        if (index.row() > 0) steps.push_back(static_cast<std::size_t>(index.row() - 1));
    std::sort(steps.begin(), steps.end());
    return steps;
}

std::size_t StepList::shownSteps() const { return static_cast<std::size_t>(std::max(0, currentIndex().row())); }

void StepList::showSteps(std::size_t steps) {
    const QModelIndex wanted = m_model.index(std::min(static_cast<int>(steps), m_model.rowCount() - 1));
    if (wanted != currentIndex()) setCurrentIndex(wanted);
}

void StepList::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QListView::currentChanged(current, previous);
    if (current.isValid()) emit shownChanged(static_cast<std::size_t>(current.row()));
}

void StepList::moveBy(int by) {
    const std::vector<std::size_t> steps = selectedSteps();
    const auto last = m_model.recipe().steps.size();
    if (steps.empty() || (by < 0 && steps.front() == 0) || (by > 0 && steps.back() + 1 >= last)) return;
    emit m_model.moved(steps, by < 0 ? steps.front() - 1 : steps.back() + 2);
}

void StepList::keyPressEvent(QKeyEvent* event) {
    const auto steps = selectedSteps();
    const bool alt = event->modifiers() & Qt::AltModifier;
    if (event->key() == Qt::Key_Delete && !steps.empty() && m_model.flags({}) != Qt::NoItemFlags) return emit removeWanted(steps);
    if (alt && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) return moveBy(event->key() == Qt::Key_Up ? -1 : 1);
    if ((event->key() == Qt::Key_F2 || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && shownSteps() > 0)
        return emit editWanted(shownSteps() - 1);
    if (event->key() == Qt::Key_D && event->modifiers() == Qt::ControlModifier && shownSteps() > 0) return emit duplicateWanted(shownSteps() - 1);
    QListView::keyPressEvent(event);
}

void StepList::showMenu(const QPoint& position) {
    const QModelIndex index = indexAt(position);
    if (index.row() < 1) return;
    const auto steps = selectedSteps();
    const auto step = static_cast<std::size_t>(index.row() - 1);
    const bool may = m_model.flags({}) != Qt::NoItemFlags, on = m_model.recipe().steps[step].enabled;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName("step_menu");
    menu->addAction(tr("&Settings"), QKeySequence(Qt::Key_F2), this, [this, step] { emit editWanted(step); });
    menu->addAction(on ? tr("Switch &off") : tr("Switch &on"), QKeySequence(Qt::Key_Space), this,
                    [this, step, on] { emit m_model.switched(step, !on); })
        ->setEnabled(may);
    menu->addAction(themeIcon("copy"), tr("D&uplicate"), QKeySequence("Ctrl+D"), this, [this, step] { emit duplicateWanted(step); })->setEnabled(may);
    menu->addSeparator();
    menu->addAction(tr("Move &up"), QKeySequence("Alt+Up"), this, [this] { moveBy(-1); })->setEnabled(may && step > 0);
    menu->addAction(tr("Move &down"), QKeySequence("Alt+Down"), this, [this] { moveBy(1); })
        ->setEnabled(may && step + 1 < m_model.recipe().steps.size());
    menu->addSeparator();
    menu->addAction(themeIcon("delete"), tr("&Delete"), QKeySequence(QKeySequence::Delete), this, [this, steps] { emit removeWanted(steps); })
        ->setEnabled(may);
    menu->popup(viewport()->mapToGlobal(position));
}

}  // namespace lamina
