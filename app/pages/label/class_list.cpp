#include "app/pages/label/class_list.h"

#include <QApplication>
#include <QBoxLayout>
#include <QEvent>
#include <QKeySequence>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QShortcut>
#include <QSignalBlocker>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QToolButton>

#include <algorithm>
#include <functional>
#include <utility>

#include "app/pages/label/class_editor.h"
#include "app/pages/label/class_rows.h"
#include "app/pages/label/label_keys.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

constexpr int digitRole = classNumberRole + 1, countRole = classNumberRole + 2;

/// How many labels there are of the class stands behind its name.
class CountDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyleOptionViewItem row = option;
        initStyleOption(&row, index);
        const QString count = index.data(countRole).toString();
        const QStyle* style = row.widget ? row.widget->style() : QApplication::style();
        const QRect words = style->subElementRect(QStyle::SE_ItemViewItemText, &row, row.widget);
        const int width = row.fontMetrics.horizontalAdvance(count) + 8;
        row.text = row.fontMetrics.elidedText(row.text, Qt::ElideRight, row.rect.right() - words.left() - width - 8);
        style->drawControl(QStyle::CE_ItemViewItem, &row, painter, row.widget);
        painter->setPen(themeColours().mutedText);
        painter->drawText(row.rect.adjusted(0, 0, -8, 0), Qt::AlignRight | Qt::AlignVCenter, count);
    }
};

/// The class's colour with its key on it, or a tick where the picture has the class.
/// Of a hidden class only the border is left; a locked one has a bar across its foot.
QIcon swatch(const QColor& colour, bool ticked, const QString& key, bool hidden, bool locked) {
    QPixmap picture(40, 40);
    picture.setDevicePixelRatio(2);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hidden ? QPen(colour, 1.5, Qt::DotLine) : QPen(Qt::NoPen));
    painter.setBrush(hidden ? QBrush(Qt::NoBrush) : QBrush(colour));
    painter.drawRoundedRect(QRectF(1, 1, 18, 18), 4, 4);
    const QColor ink = hidden ? colour : qGray(colour.rgb()) > 140 ? Qt::black : Qt::white;
    if (locked) painter.fillRect(QRectF(1, 16, 18, 3), ink);
    painter.setPen(QPen(ink, 2));
    if (ticked) {
        painter.drawPolyline(QPolygonF({{5, 10}, {9, 14}, {15, 6}}));
    } else if (!key.isEmpty()) {
        QFont font = painter.font();
        font.setPixelSize(key.size() > 2 ? 8 : key.size() > 1 ? 9 : 12);
        font.setBold(true);
        painter.setFont(font);
        painter.drawText(QRectF(0, 0, 20, 20), Qt::AlignCenter, key);
    }
    QIcon icon(picture);
    icon.addPixmap(picture, QIcon::Selected);  // else Qt tints the colour of the chosen class
    return icon;
}

std::int64_t countOf(const std::map<std::int64_t, std::int64_t>& counts, std::int64_t number) {
    const auto found = counts.find(number);
    return found == counts.end() ? 0 : found->second;
}

/// 1 … 9, 0: what other programs call the keys of the first classes.
QString digitOf(std::size_t place) { return place < 10 ? QString::number((place + 1) % 10) : QString(); }

/// So that it finds room on a swatch; what does not is said in the tip.
QString shortKey(const QKeySequence& key) {
    QString text = key.toString(QKeySequence::PortableText);
    for (const auto& [word, sign] : {std::pair("Shift+", "⇧"), {"Alt+", "⎇"}, {"Ctrl+", "^"}}) text.replace(QLatin1String(word), QString::fromUtf8(sign));
    return text.size() <= 3 ? text : QString();
}

}  // namespace

ClassList::ClassList(QWidget* parent) : QWidget(parent), m_list(new ClassRows), m_none(new QLabel), m_search(new QLineEdit), m_more(new QToolButton) {
    m_list->setObjectName("label_classes");
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);  // a second click on a class is meant for the item, not for its name
    m_list->setUniformItemSizes(true);
    m_list->setIconSize(QSize(20, 20));
    m_list->setMinimumHeight(80);
    m_list->setItemDelegate(new CountDelegate(m_list));
    m_none->setWordWrap(true);
    m_none->setProperty(ThemeRole::muted, true);
    m_none->setTextInteractionFlags(Qt::NoTextInteraction);
    m_search->setObjectName("label_class_search");
    m_search->setClearButtonEnabled(true);
    m_more->setObjectName("label_class_more");
    m_more->setIcon(themeIcon("more"));
    m_more->setAutoRaise(true);
    m_more->setFocusPolicy(Qt::TabFocus);
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_search, 1);
    row->addWidget(m_more);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_none);
    layout->addWidget(m_list, 1);
    layout->addLayout(row);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] { emit chosenChanged(chosen()); });
    connect(m_list, &QListWidget::itemClicked, this, [this](QListWidgetItem* item) { emit picked(item->data(classNumberRole).toLongLong()); });
    connect(m_list, &ClassRows::dropped, this, [this](qint64 number, int before) { moveBefore(number, static_cast<std::size_t>(before)); });
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QListWidget::customContextMenuRequested, this, [this](const QPoint& place) {
        if (const auto* item = m_list->itemAt(place)) openMenu(item->data(classNumberRole).toLongLong(), m_list->viewport()->mapToGlobal(place));
    });
    connect(m_more, &QToolButton::clicked, this, [this] { openMenu(chosen(), m_more->mapToGlobal(QPoint(0, m_more->height()))); });
    connect(m_search, &QLineEdit::textChanged, this, [this] {
        m_wandered = false;
        fill();
    });
    for (const auto& [key, step] : {std::pair{Qt::Key_Up, -1}, {Qt::Key_Down, 1}}) {
        auto* shortcut = new QShortcut(QKeySequence(key), m_search);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, [this, step = step] { wander(step); });
    }
    connect(m_search, &QLineEdit::returnPressed, this, &ClassList::entered);
    retranslate();
}

void ClassList::setClasses(const std::vector<LabelClassRecord>& classes, const LabelCounts& counts) {
    m_classes = classes;
    m_counts = counts;
    fill();
}

void ClassList::setTicked(const std::vector<std::int64_t>& numbers) {
    if (numbers == m_ticked) return;
    m_ticked = numbers;
    fill();
}

void ClassList::fill() {
    const QSignalBlocker quiet(m_list);
    const std::int64_t before = chosen();
    const QString wanted = m_search->text().trimmed();
    m_list->clear();
    for (std::size_t place = 0; place < m_classes.size(); ++place) {
        const auto& record = m_classes[place];
        const QString name = QString::fromStdString(record.name);
        if (!wanted.isEmpty() && !name.contains(wanted, Qt::CaseInsensitive)) continue;
        auto* item = new QListWidgetItem(name, m_list);
        item->setData(classNumberRole, qint64(record.number));
        const bool ticked = std::find(m_ticked.begin(), m_ticked.end(), record.number) != m_ticked.end();
        const QKeySequence key = keyAt(place);
        item->setIcon(swatch(QColor(QString::fromStdString(record.colour.empty() ? classColour(record.number) : record.colour)), ticked, shortKey(key), m_hidden.count(record.number) > 0,
                             m_locked.count(record.number) > 0));
        item->setData(digitRole, key.toString(QKeySequence::NativeText));
        showCount(item);
        if (record.number == before) m_list->setCurrentItem(item);
    }
    m_list->setMovable(takesChanges() && wanted.isEmpty());  // a place among a few that were found says nothing
    m_none->setVisible(m_classes.empty());
    m_more->setEnabled(!m_classes.empty() || !m_retired.empty());
    if (m_list->currentRow() < 0 && m_list->count() > 0) m_list->setCurrentRow(0);
    if (chosen() != before) emit chosenChanged(chosen());
}

void ClassList::showCount(QListWidgetItem* item) {
    const std::int64_t number = item->data(classNumberRole).toLongLong();
    const std::int64_t labels = countOf(m_counts.classes, number), proposals = countOf(m_counts.proposals, number);
    const QLocale locale;
    const QString count = locale.toString(qlonglong(labels));
    item->setData(countRole, proposals == 0 ? count : QString("%1 (+%2)").arg(count, locale.toString(qlonglong(proposals))));
    const QString digit = item->data(digitRole).toString();
    QString words = tr("%Ln label(s)", nullptr, static_cast<int>(labels));
    if (proposals > 0) words += ", " + tr("%Ln proposal(s) of models", nullptr, static_cast<int>(proposals));
    if (!digit.isEmpty()) words = tr("%1, key %2").arg(words, digit);
    if (const auto* record = find(number)) {
        if (!record->parent.empty()) words += "\n" + tr("Belongs to %1").arg(QString::fromStdString(record->parent));
        if (!record->description.empty()) words += "\n" + QString::fromStdString(record->description);
    }
    if (m_hidden.count(number)) words += ", " + tr("hidden");
    if (m_locked.count(number)) words += ", " + tr("locked");
    const bool own = words.contains(QLatin1Char('\n'));  // what people wrote is no mark-up
    item->setToolTip(own ? "<qt>" + words.toHtmlEscaped().replace(QLatin1Char('\n'), "<br>") + "</qt>" : words);
}

void ClassList::setCounts(const LabelCounts& counts) {
    if (counts == m_counts) return;
    m_counts = counts;
    const QSignalBlocker quiet(m_list);
    for (int row = 0; row < m_list->count(); ++row) showCount(m_list->item(row));
}

void ClassList::toggleHidden(std::int64_t number) {
    if (number == 0) return;
    if (m_hidden.erase(number) == 0) m_hidden.insert(number);
    fill();
    emit looksChanged();
}

void ClassList::toggleLocked(std::int64_t number) {
    if (number == 0) return;
    if (m_locked.erase(number) == 0) m_locked.insert(number);
    fill();
    emit looksChanged();
}

/// What a package cannot bring back is not offered in it.
void ClassList::addChanges(QMenu& menu, std::int64_t number) {
    if (!takesChanges()) return;
    if (const auto* record = find(number)) {
        menu.addAction(keyed(tr("Change …"), "edit_class"), this, [this, number] { openEditor(number); });
        menu.addAction(keyed(tr("Further up"), "class_up"), this, [this, number] { move(number, -1); })->setEnabled(record != &m_classes.front());
        menu.addAction(keyed(tr("Further down"), "class_down"), this, [this, number] { move(number, 1); })->setEnabled(record != &m_classes.back());
        auto* into = menu.addMenu(tr("Merge into"));
        for (const auto& other : m_classes)
            if (other.number != number) into->addAction(QString::fromStdString(other.name), this, [this, from = record->id, to = other.id] { emit mergeWanted(from, to); });
        into->setEnabled(!into->isEmpty());
        menu.addAction(tr("No longer offer it"), this, [this, id = record->id] { emit retireWanted(id); });
    }
    if (!m_retired.empty()) {
        auto* again = menu.addMenu(tr("Offer again"));
        for (const auto& record : m_retired) again->addAction(QString::fromStdString(record.name), this, [this, id = record.id] { emit offerWanted(id); });
    }
    menu.addSeparator();
}

void ClassList::openMenu(std::int64_t number, const QPoint& place) {
    QMenu menu(this);
    menu.setObjectName("label_class_menu");
    addChanges(menu, number);
    if (number != 0) {
        menu.addAction(m_hidden.count(number) ? tr("Show its shapes") : tr("Hide its shapes"), this, [this, number] { toggleHidden(number); });
        menu.addAction(m_locked.count(number) ? tr("Unlock its shapes") : tr("Lock its shapes"), this, [this, number] { toggleLocked(number); });
    }
    if (!menu.isEmpty()) menu.exec(place);
}

const LabelClassRecord* ClassList::find(std::int64_t number) const {
    const auto found = std::find_if(m_classes.begin(), m_classes.end(), [&](const auto& record) { return record.number == number; });
    return found == m_classes.end() ? nullptr : &*found;
}

/// Its own, else that of its place where no other class has that.
QKeySequence ClassList::keyAt(std::size_t place) const {
    const auto ownOf = [](const LabelClassRecord& record) { return QKeySequence(QString::fromStdString(record.key), QKeySequence::PortableText); };
    if (!m_classes[place].key.empty()) return ownOf(m_classes[place]);
    const auto keys = m_keys ? m_keys->keysOf(QString("class_%1").arg(place + 1)) : QList<QKeySequence>();
    const bool free = !keys.isEmpty() && std::none_of(m_classes.begin(), m_classes.end(), [&](const auto& record) { return !record.key.empty() && ownOf(record) == keys.first(); });
    return free ? keys.first() : QKeySequence();
}

/// The text of a menu with the key beside it.
QString ClassList::keyed(const QString& text, const char* id) const {
    const QString key = m_keys ? m_keys->firstOf(id) : QString();
    return key.isEmpty() ? text : text + QLatin1Char('\t') + key;
}

/// Heard while the classes are seen, wherever the keyboard is: a click on a class gives the keys back to the item at once.
void ClassList::setKeys(const LabelKeys& keys) {
    m_keys = &keys;
    for (auto* shortcut : std::exchange(m_shortcuts, {})) delete shortcut;
    const std::pair<const char*, std::function<void()>> acts[] = {
        {"edit_class", [this] { openEditor(chosen()); }}, {"class_up", [this] { move(chosen(), -1); }}, {"class_down", [this] { move(chosen(), 1); }}};
    for (const auto& [id, act] : acts)
        for (const QKeySequence& key : keys.keysOf(id)) {
            auto* shortcut = new QShortcut(key, this);
            connect(shortcut, &QShortcut::activated, this, [this, act = act] {
                if (takesChanges()) act();
            });
            m_shortcuts.push_back(shortcut);
        }
    fill();
}

void ClassList::openEditor(std::int64_t number) {
    const auto* record = find(number);
    if (!record) return;
    ClassEditor editor(*record, m_classes, this);
    const LabelClassRecord before = *record;
    if (editor.exec() != QDialog::Accepted) return;
    const LabelClassRecord after = editor.record();
    if (after.name != before.name) emit renameWanted(number, QString::fromStdString(after.name));
    const bool same = after.colour == before.colour && after.key == before.key && after.parent == before.parent && after.description == before.description;
    if (!same || after.points != before.points || after.skeleton != before.skeleton) emit changeWanted(after);
}

void ClassList::move(std::int64_t number, int by) {
    const auto* record = find(number);
    if (!record) return;
    const auto to = record - m_classes.data() + by;
    if (to >= 0 && to < std::ssize(m_classes)) moveBefore(number, static_cast<std::size_t>(by < 0 ? to : to + 1));
}

/// Before the class that has this place now. A key of the class's own goes with it; a digit is that of the place, also where an import wrote it down.
void ClassList::moveBefore(std::int64_t number, std::size_t before) {
    const auto* record = find(number);
    if (!record || !takesChanges()) return;
    const auto from = m_classes.begin() + (record - m_classes.data());
    const auto to = m_classes.begin() + static_cast<std::ptrdiff_t>(std::min(before, m_classes.size()));
    if (to == from || to == from + 1) return;
    for (std::size_t place = 0; place < m_classes.size(); ++place)
        if (m_classes[place].key == digitOf(place).toStdString()) m_classes[place].key.clear();
    if (to < from) std::rotate(to, from, from + 1);
    else std::rotate(from, from + 1, to);
    fill();
    emit orderWanted(m_classes);
}

bool ClassList::takesChanges() const { return m_search->isEnabled() && !m_inPackage; }

void ClassList::setInPackage(bool package) {
    m_inPackage = package;
    fill();
}

std::int64_t ClassList::chosen() const {
    const auto* item = m_list->currentItem();
    return item ? item->data(classNumberRole).toLongLong() : 0;
}

void ClassList::choose(std::int64_t number) {
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->data(classNumberRole).toLongLong() == number) m_list->setCurrentRow(row);
}

void ClassList::chooseAt(std::size_t place) {
    if (place < m_classes.size()) choose(m_classes[place].number);
}

/// The first one shown that has a word beginning with this; nullptr: none. ("Shirt" is no beginning of "T-shirt": it may be a class of its own.)
const QListWidgetItem* ClassList::firstBeginningWith(const QString& text) const {
    for (int row = 0; row < m_list->count(); ++row) {
        const auto number = m_list->item(row)->data(classNumberRole).toLongLong();
        const auto record = std::find_if(m_classes.begin(), m_classes.end(), [&](const auto& one) { return one.number == number; });
        if (record == m_classes.end()) continue;
        const QString name = QString::fromStdString(record->name);
        const QStringList words = name.split(QLatin1Char(' '));
        const bool begins = name.startsWith(text, Qt::CaseInsensitive) ||
                            std::any_of(words.begin(), words.end(), [&](const QString& word) { return word.startsWith(text, Qt::CaseInsensitive); });
        if (begins) return m_list->item(row);
    }
    return nullptr;
}

/// Of what was found, the first one is what Enter means; the arrows go on from there.
void ClassList::wander(int step) {
    const QString name = m_search->text().trimmed();
    const auto* first = m_wandered || name.isEmpty() ? m_list->currentItem() : firstBeginningWith(name);
    const int row = first ? m_list->row(first) + step : 0;
    if (row < 0 || row >= m_list->count()) return;
    m_wandered = true;
    m_list->setCurrentRow(row);
}

/// A name that is there is chosen, another one becomes a new class.
void ClassList::entered() {
    const QString name = m_search->text().trimmed();
    if (m_wandered) {
        const std::int64_t number = chosen();
        m_search->clear();
        m_wandered = false;
        choose(number);
        emit picked(number);
        return;
    }
    if (name.isEmpty()) return;
    const auto same = std::find_if(m_classes.begin(), m_classes.end(), [&](const auto& record) { return QString::fromStdString(record.name).compare(name, Qt::CaseInsensitive) == 0; });
    const QListWidgetItem* const first = firstBeginningWith(name);
    if (same == m_classes.end() && !first) {
        m_search->clear();
        emit added(name);
        return;
    }
    const std::int64_t number = same != m_classes.end() ? same->number : first->data(classNumberRole).toLongLong();
    m_search->clear();
    choose(number);
    emit picked(number);
}

void ClassList::setReadOnly(bool readOnly) {
    m_search->setEnabled(!readOnly);
    fill();
}

void ClassList::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ClassList::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ClassList::retranslate() {
    m_list->setAccessibleName(tr("Classes"));
    m_search->setAccessibleName(tr("Find or add a class"));
    m_search->setPlaceholderText(tr("Find or add a class"));
    m_none->setText(tr("There is no class yet. Type the name of one below and press Enter; labels get the class that is chosen here."));
    for (auto* clear : m_search->findChildren<QToolButton*>()) {
        clear->setAccessibleName(tr("Clear the field"));
        clear->setToolTip(tr("Clear the field"));
    }
    m_more->setAccessibleName(tr("Change the chosen class"));
    m_more->setToolTip(tr("Change the chosen class: name, colour, key, place; merge it, or no longer offer it. Dragging a class gives it another place"));
    fill();
}

}  // namespace lamina
