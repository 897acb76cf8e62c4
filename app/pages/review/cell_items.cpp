#include "app/pages/review/cell_items.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QStackedWidget>

#include <algorithm>
#include <cmath>

#include "app/pages/review/judged_pictures.h"
#include "app/pages/review/judged_rows.h"
#include "widgets/common/theme.h"
#include "widgets/gallery/thumbnail_gallery.h"
#include "widgets/tables/data_table.h"

namespace lamina {
namespace {

/// What the model was surest of comes first: where it erred, these teach the most.
std::vector<JudgedItem> itemsOfCell(const std::vector<JudgedItem>& all, bool regression, int actual, int predicted) {
    std::vector<JudgedItem> chosen;
    for (const JudgedItem& item : all)
        if (regression || (item.actual == actual && item.predicted == predicted)) chosen.push_back(item);
    std::stable_sort(chosen.begin(), chosen.end(), [&](const JudgedItem& a, const JudgedItem& b) {
        return regression ? std::abs(a.value - a.target) > std::abs(b.value - b.target) : a.probability > b.probability;
    });
    return chosen;
}

}  // namespace

CellItems::CellItems(QWidget* parent)
    : QWidget(parent), m_title(new QLabel), m_hint(new QLabel), m_stack(new QStackedWidget), m_gallery(new ThumbnailGallery), m_table(new DataTable) {
    m_title->setProperty(ThemeRole::section, true);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_hint->setProperty(ThemeRole::muted, true);
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    m_hint->setAlignment(Qt::AlignTop);
    m_stack->addWidget(m_hint);
    m_stack->addWidget(m_gallery);
    m_stack->addWidget(m_table);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_title);
    layout->addWidget(m_stack, 1);
    retranslate();
    showNothing();
}

void CellItems::showHint(const QString& text) {
    m_hint->setText(text);
    m_stack->setCurrentWidget(m_hint);
}

void CellItems::showNothing() {
    m_title->setText(tr("Items"));
    showHint(tr("Click a cell of the matrix to see the items behind it."));
}

void CellItems::showLooking() { showHint(tr("Looking up the items…")); }
void CellItems::showProblem(const QString& text) { showHint(text); }

void CellItems::showItems(const ReviewedItems& items, const QStringList& classes, int actual, int predicted) {
    auto chosen = itemsOfCell(items.judged, classes.isEmpty(), actual, predicted);
    const int count = static_cast<int>(chosen.size());
    m_title->setText(classes.isEmpty()     ? tr("Items, the largest errors first")
                     : actual == predicted ? tr("%n item(s) of %1, rightly found", nullptr, count).arg(classes.value(actual))
                                           : tr("%n item(s) of %1, taken for %2", nullptr, count).arg(classes.value(actual), classes.value(predicted)));
    if (items.pictures) {
        m_gallery->setSource(std::make_shared<JudgedPictures>(items.pictures, std::move(chosen), classes));
        m_stack->setCurrentWidget(m_gallery);
    } else {
        m_table->setSource(std::make_shared<JudgedRows>(items.table, std::move(chosen), classes));
        m_stack->setCurrentWidget(m_table);
    }
}

void CellItems::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void CellItems::retranslate() { m_gallery->setAccessibleName(tr("Items behind the cell")); }

}  // namespace lamina
