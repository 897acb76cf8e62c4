#include "app/studio/stage_rail.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QEvent>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>

#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

QString markIcon(StageStatus::State state) {
    switch (state) {
        case StageStatus::State::Ready: return {};
        case StageStatus::State::Done: return "check";
        case StageStatus::State::Busy: return "refresh";
        case StageStatus::State::Locked: return "lock";
    }
    return {};
}

}  // namespace

const std::vector<QString>& StageRail::stages() {
    static const std::vector<QString> all{"data", "clean", "label", "model", "train", "review", "use"};
    return all;
}

QString StageRail::title(const QString& stage) {
    if (stage == QLatin1String("data")) return tr("Data");
    if (stage == QLatin1String("clean")) return tr("Clean");
    if (stage == QLatin1String("label")) return tr("Label");
    if (stage == QLatin1String("model")) return tr("Model");
    if (stage == QLatin1String("train")) return tr("Train");
    if (stage == QLatin1String("review")) return tr("Review");
    return tr("Use");
}

StageRail::StageRail(QWidget* parent) : QFrame(parent) {
    setObjectName("stage_rail");
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 12, 8, 12);
    layout->setSpacing(4);
    auto* group = new QButtonGroup(this);
    for (const QString& stage : stages()) {
        auto* button = new QToolButton;
        button->setObjectName("stage_" + stage);
        button->setCheckable(true);
        button->setIcon(themeIcon(stage));
        button->setIconSize({24, 24});
        button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setMinimumSize(72, 58);
        button->setFocusPolicy(Qt::StrongFocus);
        group->addButton(button);
        auto* mark = new QLabel(button);
        mark->setAttribute(Qt::WA_TransparentForMouseEvents);
        mark->setGeometry(52, 4, 14, 14);
        m_entries[stage] = {button, mark, {}};
        layout->addWidget(button);
        // Not clicked(): assistive tools toggle a button that can be checked.
        connect(button, &QToolButton::toggled, this, [this, stage](bool on) { if (on) emit chosen(stage); });
    }
    layout->addStretch();
    retranslate();
}

void StageRail::setCurrent(const QString& stage) {
    for (auto& [id, entry] : m_entries) {
        const QSignalBlocker quiet(entry.button);
        entry.button->setChecked(id == stage);
    }
}

void StageRail::setStatus(const QString& stage, const StageStatus& status) {
    Entry& entry = m_entries.at(stage);
    entry.status = status;
    const QString icon = markIcon(status.state);
    entry.mark->setPixmap(icon.isEmpty() ? QPixmap() : themeIcon(icon).pixmap(QSize(14, 14), status.state == StageStatus::State::Done ? QIcon::Selected : QIcon::Disabled));
    const int number = static_cast<int>(std::distance(stages().begin(), std::find(stages().begin(), stages().end(), stage))) + 1;
    const QString key = QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number)).toString(QKeySequence::NativeText);
    entry.button->setToolTip(status.text.isEmpty() ? tr("%1 (%2)").arg(title(stage), key) : tr("%1 (%2): %3").arg(title(stage), key, status.text));
    entry.button->setAccessibleDescription(status.text);
}

void StageRail::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::PaletteChange)
        for (const auto& [id, entry] : m_entries) setStatus(id, entry.status);
}

void StageRail::retranslate() {
    setAccessibleName(tr("Stages"));
    for (auto& [id, entry] : m_entries) {
        entry.button->setText(title(id));
        entry.button->setAccessibleName(title(id));
        setStatus(id, entry.status);
    }
}

}  // namespace lamina
