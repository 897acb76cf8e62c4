#include "app/pages/train/learning_rate_dialog.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPushButton>

#include "widgets/charts/line_plot.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

QString rateText(double rate) { return QString::number(rate, 'g', 2); }

}  // namespace

LearningRateDialog::LearningRateDialog(LearningRateSearch search, double current, QWidget* parent)
    : QDialog(parent), m_search(std::move(search)), m_current(current), m_text(new QLabel), m_plot(new LinePlot), m_take(new QPushButton), m_close(new QPushButton) {
    setObjectName("learning_rate_dialog");
    setAttribute(Qt::WA_DeleteOnClose);
    m_text->setObjectName("learning_rate_text");
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_plot->setObjectName("learning_rate_plot");
    m_take->setObjectName("learning_rate_take");
    m_take->setProperty(ThemeRole::primary, true);
    m_take->setVisible(m_search.suggestion > 0);
    m_close->setObjectName("learning_rate_close");
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_take);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addWidget(m_text);
    layout->addWidget(m_plot, 1);
    layout->addLayout(buttons);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_take, &QPushButton::clicked, this, [this] {
        // As people write it, not with all its digits.
        emit taken(rateText(m_search.suggestion).toDouble());
        accept();
    });
    (m_search.suggestion > 0 ? m_take : m_close)->setDefault(true);
    resize(560, 420);
    retranslate();
}

void LearningRateDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void LearningRateDialog::retranslate() {
    setWindowTitle(tr("Learning rate"));
    const bool found = m_search.suggestion > 0;
    m_text->setText(found ? tr("The loss falls most steeply at a learning rate of %1; now it is %2. Beyond the lowest point the training becomes unsteady.")
                                .arg(rateText(m_search.suggestion), rateText(m_current))
                          : tr("The loss never fell, whatever the learning rate. Look at the data and the network first."));
    LinePlotData data;
    for (const LearningRatePoint& point : m_search.points) data.points.emplace_back(point.rate, point.smoothed);
    data.across = tr("Learning rate");
    data.up = tr("Loss");
    data.logarithmicX = true;
    if (found) {
        data.marked = m_search.suggestion;
        data.markedText = tr("Suggested: %1").arg(rateText(m_search.suggestion));
    }
    m_plot->setData(std::move(data));
    m_plot->setAccessibleName(tr("Loss over learning rates"));
    m_take->setText(tr("&Take %1").arg(rateText(m_search.suggestion)));
    m_close->setText(tr("&Close"));
}

}  // namespace lamina
