#include "app/pages/data/split_bar.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>

#include "app/pages/data/parts_bar.h"
#include "widgets/common/theme.h"

namespace lamina {

SplitBar::SplitBar(QWidget* parent) : QFrame(parent), m_words(new QLabel), m_parts(new PartsBar), m_split(new QPushButton), m_build(new QPushButton) {
    setObjectName("split_bar");
    setProperty(ThemeRole::card, true);
    m_words->setObjectName("split_words");
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);  // else a small window would grow
    m_split->setObjectName("split_change");
    m_build->setObjectName("data_build");
    m_build->setProperty(ThemeRole::primary, true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->setSpacing(12);
    layout->addWidget(m_words, 1);
    layout->addWidget(m_parts, 1);
    layout->addWidget(m_split);
    layout->addWidget(m_build);
    connect(m_split, &QPushButton::clicked, this, [this] {
        if (m_opened && drawnSplit(*m_opened) && m_opened->splitOutdated) emit againWanted();
        else emit splitWanted();
    });
    connect(m_build, &QPushButton::clicked, this, &SplitBar::buildWanted);
    retranslate();
}

void SplitBar::setDataset(std::shared_ptr<const OpenedDataset> opened) {
    m_opened = std::move(opened);
    if (m_opened) m_parts->setCounts(m_opened->parts.counts);
    retranslate();
}

void SplitBar::setEditable(bool editable) {
    m_editable = editable;
    retranslate();
}

void SplitBar::changeEvent(QEvent* event) {
    QFrame::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void SplitBar::retranslate() {
    const SplitRecord* drawn = m_opened ? drawnSplit(*m_opened) : nullptr;
    const bool outdated = drawn && m_opened->splitOutdated, shown = m_opened && m_opened->split && !outdated;
    m_words->setText(outdated ? tr("The recipe gives other rows than those that were divided.") : drawn ? madeWords(*drawn) : tr("The data is not split yet."));
    m_words->setVisible(!shown);
    m_parts->setVisible(shown);
    m_split->setText(outdated ? tr("Divide &again") : drawn ? tr("C&hange the split") : tr("S&plit the data"));
    m_split->setEnabled((drawn && !outdated) || m_editable);
    m_build->setText(tr("&Build a model"));
    m_build->setToolTip(tr("Go on to the network that learns from this data"));
    m_build->setEnabled(drawn != nullptr && !outdated);
    for (QPushButton* button : {m_split, m_build}) button->setAccessibleName(button->text().remove(u'&'));
}

QString SplitBar::madeWords(const SplitRecord& split) const {
    const QLocale locale;
    const auto count = [&](std::size_t part) { return locale.toString(static_cast<qlonglong>(split.counts[part])); };
    return tr("The rows that the recipe makes: %1 training, %2 validation, %3 test").arg(count(0), count(1), count(2));
}

}  // namespace lamina
