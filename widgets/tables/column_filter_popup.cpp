#include "widgets/tables/column_filter_popup.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QDateTime>
#include <QDoubleValidator>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QTimeZone>

#include <cmath>

#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr const char* dayForm = "yyyy-MM-dd";
constexpr const char* momentForm = "yyyy-MM-dd HH:mm:ss";

QString momentText(double milliseconds) {
    if (!std::isfinite(milliseconds)) return {};
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(milliseconds), QTimeZone::utc());
    return moment.toString(moment.time() == QTime(0, 0) ? QLatin1String(dayForm) : QLatin1String(momentForm));
}

/// `end`: a day without a time counts to its end.
double momentFrom(const QLineEdit* field, double otherwise, bool end) {
    const QString text = field->text().trimmed();
    QDateTime moment = QDateTime::fromString(text, QLatin1String(momentForm));
    const QDate day = QDate::fromString(text, QLatin1String(dayForm));
    if (!moment.isValid() && !day.isValid()) return otherwise;
    if (!moment.isValid()) moment = QDateTime(day, end ? QTime(23, 59, 59, 999) : QTime(0, 0));
    moment.setTimeZone(QTimeZone::utc());
    return static_cast<double>(moment.toMSecsSinceEpoch());
}

QString numberText(double value) { return std::isfinite(value) ? QLocale().toString(value, 'g', 12) : QString(); }

double numberFrom(const QLineEdit* field, double otherwise) {
    bool ok = false;
    const double value = QLocale().toDouble(field->text().trimmed(), &ok);
    return ok ? value : otherwise;
}

}  // namespace

ColumnFilterPopup::ColumnFilterPopup(const ColumnHeading& heading, const ColumnFilter& filter, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_heading(heading) {
    setObjectName("column_filter");
    setAccessibleName(tr("Filter of %1").arg(heading.name));
    setProperty(ThemeRole::card, true);
    setAttribute(Qt::WA_DeleteOnClose);
    auto* title = new QLabel(tr("Rows where %1 …").arg(fontMetrics().elidedText(heading.name, Qt::ElideRight, 200)));
    title->setTextFormat(Qt::PlainText);
    title->setProperty(ThemeRole::section, true);
    m_missing = new QCheckBox(tr("has &no value"));
    m_missing->setObjectName("filter_missing");
    m_missing->setChecked(filter.missingOnly);
    auto* clear = new QPushButton(tr("&Remove filter"));
    clear->setObjectName("filter_remove");
    auto* use = new QPushButton(tr("&Apply"));
    use->setObjectName("filter_apply");
    use->setProperty(ThemeRole::primary, true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(clear);
    buttons->addStretch();
    buttons->addWidget(use);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(title);
    QWidget* editor = makeEditor(filter);
    layout->addWidget(editor);
    layout->addWidget(m_missing);
    layout->addLayout(buttons);
    editor->setEnabled(!filter.missingOnly);
    connect(m_missing, &QCheckBox::toggled, editor, &QWidget::setDisabled);
    connect(use, &QPushButton::clicked, this, [this] { apply(this->filter()); });
    connect(clear, &QPushButton::clicked, this, [this] { apply({}); });
    setMinimumWidth(280);
    if (QWidget* first = editor->focusProxy()) first->setFocus();
}

QWidget* ColumnFilterPopup::makeEditor(const ColumnFilter& filter) {
    switch (m_heading.kind) {
        case CellKind::Number:
        case CellKind::Time:
        case CellKind::Integer: return makeRange(filter);
        case CellKind::Boolean:
        case CellKind::Category: return makeCategories(filter);
        default: break;
    }
    m_text = new QLineEdit(filter.contains);
    m_text->setObjectName("filter_contains");
    m_text->setAccessibleName(tr("contains"));
    m_text->setPlaceholderText(tr("contains …"));
    m_text->setFocusProxy(nullptr);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_text);
    box->setFocusProxy(m_text);
    return box;
}

QWidget* ColumnFilterPopup::makeRange(const ColumnFilter& filter) {
    auto* box = new QWidget;
    auto* layout = new QHBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    const auto field = [&](const QString& name, const char* id, double value) {
        const bool time = m_heading.kind == CellKind::Time;
        auto* edit = new QLineEdit(time ? momentText(value) : numberText(value));
        edit->setObjectName(id);
        edit->setAccessibleName(name);
        edit->setPlaceholderText(time ? tr("%1, like 2024-03-01").arg(name) : name);
        if (!time) edit->setValidator(new QDoubleValidator(edit));
        layout->addWidget(edit);
        return edit;
    };
    m_from = field(tr("from"), "filter_from", filter.from);
    m_to = field(tr("to"), "filter_to", filter.to);
    box->setFocusProxy(m_from);
    return box;
}

QWidget* ColumnFilterPopup::makeCategories(const ColumnFilter& filter) {
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    m_text = new QLineEdit(filter.contains);
    m_text->setObjectName("filter_contains");
    m_text->setAccessibleName(tr("contains"));
    m_text->setPlaceholderText(tr("contains …"));
    m_list = new QListWidget;
    m_list->setObjectName("filter_categories");
    m_list->setAccessibleName(tr("Categories"));
    m_list->setUniformItemSizes(true);
    m_list->setMaximumHeight(200);
    for (int code = 0; code < std::min<int>(static_cast<int>(m_heading.categories.size()), mostCategories); ++code) {
        auto* item = new QListWidgetItem(m_heading.categories[code], m_list);
        const bool on = !filter.categories || std::find(filter.categories->begin(), filter.categories->end(), code) != filter.categories->end();
        item->setCheckState(on ? Qt::Checked : Qt::Unchecked);
    }
    auto* all = new QPushButton(tr("A&ll"));
    auto* none = new QPushButton(tr("N&one"));
    all->setObjectName("filter_all");
    none->setObjectName("filter_none");
    for (auto [button, state] : {std::pair{all, Qt::Checked}, {none, Qt::Unchecked}})
        connect(button, &QPushButton::clicked, this, [this, state = state] {
            for (int i = 0; i < m_list->count(); ++i)
                if (!m_list->item(i)->isHidden()) m_list->item(i)->setCheckState(state);
        });
    connect(m_text, &QLineEdit::textChanged, this, [this](const QString& text) {
        for (int i = 0; i < m_list->count(); ++i) m_list->item(i)->setHidden(!m_list->item(i)->text().contains(text, Qt::CaseInsensitive));
    });
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(all);
    buttons->addWidget(none);
    buttons->addStretch();
    layout->addWidget(m_text);
    layout->addWidget(m_list);
    layout->addLayout(buttons);
    box->setFocusProxy(m_list);
    return box;
}

ColumnFilter ColumnFilterPopup::filter() const {
    ColumnFilter filter;
    if (m_missing->isChecked()) {
        filter.missingOnly = true;
        return filter;
    }
    if (m_text) filter.contains = m_text->text().trimmed();
    const bool time = m_heading.kind == CellKind::Time;
    if (m_from) filter.from = time ? momentFrom(m_from, filter.from, false) : numberFrom(m_from, filter.from);
    if (m_to) filter.to = time ? momentFrom(m_to, filter.to, true) : numberFrom(m_to, filter.to);
    if (m_list) {
        std::vector<int> chosen;
        for (int i = 0; i < m_list->count(); ++i)
            if (m_list->item(i)->checkState() == Qt::Checked) chosen.push_back(i);
        if (static_cast<int>(chosen.size()) < m_list->count()) filter.categories = std::move(chosen);
    }
    return filter;
}

void ColumnFilterPopup::apply(const ColumnFilter& filter) {
    emit applied(filter);
    close();
}

void ColumnFilterPopup::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) apply(filter());
    else QFrame::keyPressEvent(event);
}

}  // namespace lamina
