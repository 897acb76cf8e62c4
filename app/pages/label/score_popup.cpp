#include "app/pages/label/score_popup.h"

#include <QCheckBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QScreen>
#include <QSignalBlocker>
#include <QSpinBox>

#include <algorithm>

#include "widgets/common/theme.h"

namespace lamina {

namespace {

QSpinBox* percentBox(const char* name, int value) {
    auto* box = new QSpinBox;
    box->setObjectName(name);
    box->setRange(0, 100);
    box->setValue(value);
    box->setSuffix(" %");
    return box;
}

}  // namespace

ScorePopup::ScorePopup(QWidget* parent)
    : QFrame(parent, Qt::Popup), m_only(new QCheckBox), m_about(new QLabel), m_from(percentBox("label_score_from", 0)), m_to(percentBox("label_score_to", 50)) {
    setObjectName("label_score_popup");
    setProperty(ThemeRole::card, true);  // with a border: else it cannot be told from what it lies on
    m_only->setObjectName("label_score_only");
    m_about->setProperty(ThemeRole::muted, true);
    m_about->setWordWrap(true);
    m_about->setMinimumWidth(220);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(12, 12, 12, 12);
    grid->setSpacing(8);
    grid->addWidget(m_only, 0, 0, 1, 2);
    grid->addWidget(m_from, 1, 0);
    grid->addWidget(m_to, 1, 1);
    grid->addWidget(m_about, 2, 0, 1, 2);
    connect(m_only, &QCheckBox::toggled, this, &ScorePopup::changed);
    for (auto* box : {m_from, m_to})
        connect(box, &QSpinBox::valueChanged, this, [this] {
            const QSignalBlocker quiet(m_only);
            m_only->setChecked(true);
            emit changed();
        });
    retranslate();
}

std::optional<std::pair<double, double>> ScorePopup::range() const {
    if (!m_only->isChecked()) return {};
    const auto [from, to] = std::minmax({m_from->value(), m_to->value()});
    return std::pair{from / 100.0, to / 100.0};
}

QString ScorePopup::words() const {
    const auto [from, to] = std::minmax({m_from->value(), m_to->value()});
    return m_only->isChecked() ? tr("Score %1–%2 %").arg(from).arg(to) : tr("Score");
}

void ScorePopup::clear() { m_only->setChecked(false); }

void ScorePopup::openBelow(const QWidget* place) {
    adjustSize();
    const QRect room = place->screen() ? place->screen()->availableGeometry() : QRect(0, 0, 1366, 768);
    QPoint corner = place->mapToGlobal(QPoint(0, place->height()));
    if (corner.y() + height() > room.bottom()) corner = place->mapToGlobal(QPoint(0, -height()));
    move(std::clamp(corner.x(), room.left(), std::max(room.left(), room.right() - width())), corner.y());
    show();
    m_only->setFocus();
}

void ScorePopup::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void ScorePopup::retranslate() {
    m_only->setText(tr("Only what a model gave a score"));
    m_from->setPrefix(tr("from "));
    m_to->setPrefix(tr("to "));
    m_from->setAccessibleName(tr("Lowest score"));
    m_to->setAccessibleName(tr("Highest score"));
    m_about->setText(tr("Proposals that nobody has accepted yet have a score: how sure the model is."));
}

}  // namespace lamina
