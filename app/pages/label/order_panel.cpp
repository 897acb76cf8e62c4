#include "app/pages/label/order_panel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

#include "app/pages/label/label_orders.h"
#include "app/workspace/workspace.h"
#include "widgets/common/theme.h"

namespace lamina {

OrderPanel::OrderPanel(Workspace& workspace, LabelOrders& orders)
    : m_workspace(workspace), m_orders(orders), m_kind(new QComboBox), m_about(new QLabel), m_help(new QLabel), m_outcome(new QLabel), m_make(new QPushButton), m_learn(new QPushButton),
      m_cancel(new QPushButton), m_progress(new QProgressBar) {
    build();
    connect(m_make, &QPushButton::clicked, this, [this] { m_orders.make(static_cast<OrderKind>(m_kind->currentData().toInt())); });
    connect(m_learn, &QPushButton::clicked, &orders, &LabelOrders::learn);
    connect(m_cancel, &QPushButton::clicked, &orders, &LabelOrders::cancel);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &OrderPanel::showAbout);
    connect(&orders, &LabelOrders::changed, this, &OrderPanel::takeOrder);
    connect(&orders, &LabelOrders::busyChanged, this, &OrderPanel::showBusy);
    connect(&orders, &LabelOrders::progressed, this, &OrderPanel::showProgress);
    connect(&orders, &LabelOrders::told, this, [this](const QString& text) { m_outcome->setText(text); });
    retranslate();
    showBusy();
}

void OrderPanel::build() {
    setObjectName("label_order");
    m_kind->setObjectName("label_order_kind");
    m_make->setObjectName("label_order_make");
    m_learn->setObjectName("label_order_learn");
    m_cancel->setObjectName("label_order_cancel");
    m_progress->setObjectName("label_order_progress");
    m_progress->setTextVisible(false);
    for (const OrderKind kind : {OrderKind::Rows, OrderKind::Random, OrderKind::Entropy, OrderKind::Margin, OrderKind::Different, OrderKind::Suspects})
        m_kind->addItem(QString(), static_cast<int>(kind));
    for (auto* text : {m_about, m_help, m_outcome}) {
        text->setWordWrap(true);
        text->setTextFormat(Qt::PlainText);
    }
    m_outcome->setObjectName("label_order_outcome");
    m_about->setProperty(ThemeRole::muted, true);
    m_help->setProperty(ThemeRole::muted, true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_kind);
    layout->addWidget(m_about);
    layout->addWidget(m_make);
    layout->addSpacing(8);
    layout->addWidget(m_learn);
    layout->addWidget(m_help);
    layout->addWidget(m_progress);
    layout->addWidget(m_cancel);
    layout->addWidget(m_outcome);
    layout->addStretch(1);
}

QString OrderPanel::title() const { return tr("Order"); }

/// The queue follows; what was just made begins with its first item.
void OrderPanel::takeOrder(bool made) {
    const auto* placed = m_orders.placed();
    const int row = m_kind->findData(static_cast<int>(m_orders.kind()));
    m_kind->setCurrentIndex(std::max(row, 0));
    if (!placed) {
        if (made) emit queueWanted({}, {});
        return;
    }
    const QString why = tr("Order: %1 (%2)").arg(m_kind->currentText(), QLocale().toString(qlonglong(placed->positions.size())));
    if (placed->positions.empty()) return;
    emit queueWanted(placed->positions, why);
    if (made) emit goWanted(placed->positions.front(), QString());
}

void OrderPanel::showBusy() {
    const bool busy = m_orders.isBusy();
    if (busy) m_outcome->clear();
    for (auto* widget : {static_cast<QWidget*>(m_make), static_cast<QWidget*>(m_learn)}) widget->setEnabled(!busy);
    m_progress->setVisible(busy);
    m_cancel->setVisible(busy);
    showProgress();
}

void OrderPanel::showProgress() {
    const double fraction = m_orders.fraction();
    m_progress->setRange(0, fraction < 0 ? 0 : 1000);
    if (fraction >= 0) m_progress->setValue(static_cast<int>(fraction * 1000));
}

void OrderPanel::showAbout() {
    switch (static_cast<OrderKind>(m_kind->currentData().toInt())) {
        case OrderKind::Rows: return m_about->setText(tr("As the items lie in the data set."));
        case OrderKind::Random: return m_about->setText(tr("Drawn: whatever part is labelled stands for all."));
        case OrderKind::Entropy: return m_about->setText(tr("First what the model knows least about. Only items without a class."));
        case OrderKind::Margin: return m_about->setText(tr("First where two classes are nearly equally likely. Only items without a class."));
        case OrderKind::Different: return m_about->setText(tr("First what is most unlike all that is labelled. Only items without a class."));
        case OrderKind::Suspects: return m_about->setText(tr("First labels that are probably wrong: models judge what they have not learned from."));
    }
}

void OrderPanel::retranslate() {
    const QString names[] = {tr("By rows"), tr("Random"), tr("Most uncertain"), tr("Between two classes"), tr("Most different"), tr("Suspects")};
    for (int i = 0; i < m_kind->count(); ++i) m_kind->setItemText(i, names[i]);
    m_kind->setAccessibleName(tr("Order of the items"));
    m_make->setText(tr("Use this order"));
    m_make->setToolTip(tr("The queue comes in this order from now on, tomorrow too"));
    m_learn->setText(tr("Train now"));
    m_learn->setToolTip(tr("A quick model learns what is labelled now; the queue is ordered anew by what it says"));
    m_help->setText(tr("Trains on what is labelled and orders the queue anew. After a few more labels it goes on from there, within seconds."));
    m_cancel->setText(tr("Cancel"));
    m_progress->setAccessibleName(tr("How far it is"));
    showAbout();
}

}  // namespace lamina
