#include "app/pages/clean/state_view.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QEvent>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

#include "app/pages/clean/recipe_engine.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/theme.h"
#include "widgets/tables/data_table.h"

namespace lamina {

StateView::StateView(QWidget* parent)
    : QWidget(parent),
      m_place(new ElidedLabel),
      m_table(new DataTable),
      m_touchedOnly(new QCheckBox),
      m_goneShown(new QCheckBox),
      m_busy(new QProgressBar),
      m_stop(new QPushButton),
      m_busyDelay(new QTimer(this)) {
    m_place->setObjectName("clean_place");
    m_table->setObjectName("clean_table");
    m_touchedOnly->setObjectName("clean_touched_only");
    m_goneShown->setObjectName("clean_gone_shown");
    m_table->addTool(m_touchedOnly);
    m_table->addTool(m_goneShown);
    m_busy->setObjectName("clean_busy");
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setFixedWidth(90);
    m_stop->setObjectName("clean_stop");
    m_stop->setProperty(ThemeRole::flat, true);
    m_busyDelay->setSingleShot(true);
    m_busyDelay->setInterval(250);
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_place, 1);
    line->addWidget(m_busy);
    line->addWidget(m_stop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(4, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(line);
    layout->addWidget(m_table, 1);
    m_busy->hide();
    m_stop->hide();
    connect(m_touchedOnly, &QCheckBox::toggled, m_table, &DataTable::setTouchedOnly);
    connect(m_goneShown, &QCheckBox::toggled, m_table, &DataTable::setGoneShown);
    connect(m_table, &DataTable::queryAsked, this, [this] {
        m_touchedOnly->setChecked(m_table->model().query().touchedOnly);
        m_goneShown->setChecked(m_table->model().query().gone);
    });
    connect(m_busyDelay, &QTimer::timeout, this, [this] {
        m_busy->show();
        m_stop->show();
    });
    connect(m_stop, &QPushButton::clicked, this, &StateView::stopWanted);
    retranslate();
}

void StateView::setPlace(const QString& words) { m_place->setFullText(words); }

void StateView::setState(const ShownState& state, const ShownState* before) {
    const bool sameStep = before && before->steps == state.steps;
    if (before) m_table->replaceSource(state.source);
    else m_table->setSource(state.source);
    if (!sameStep) m_touchedOnly->setChecked(false);
    if (const int column = state.source->touchedColumn(); !sameStep && column >= 0) {
        const auto see = [this, column] { m_table->view().scrollTo(m_table->model().index(std::max(0, m_table->view().rowAt(0)), column)); };
        // Rows that are still being arranged come back to the place where the table was.
        if (m_table->model().arranging()) connect(&m_table->model(), &DataTableModel::arranged, this, see, Qt::SingleShotConnection);
        else see();
    }
    m_touchedOnly->setEnabled(state.steps > 0);
    m_goneShown->setVisible(state.source->anyGone());
}

void StateView::goTo(std::int64_t row, int column, bool anyGone) {
    m_goneShown->setChecked(anyGone);
    m_table->showCell(row, column);
    m_table->view().setFocus(Qt::OtherFocusReason);
}

void StateView::setBusy(bool busy) {
    if (busy) return m_busyDelay->start();
    m_busyDelay->stop();
    m_busy->hide();
    m_stop->hide();
}

void StateView::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void StateView::retranslate() {
    m_touchedOnly->setText(tr("Only what &changed"));
    m_touchedOnly->setToolTip(tr("Only rows in which this step changed, removed or could not read something"));
    m_goneShown->setText(tr("&Removed rows"));
    m_goneShown->setToolTip(tr("Also show rows that earlier steps removed"));
    m_busy->setAccessibleName(tr("The recipe is running"));
    m_stop->setText(tr("Stop"));
    m_table->setAccessibleName(tr("The table as the steps leave it"));
}

}  // namespace lamina
