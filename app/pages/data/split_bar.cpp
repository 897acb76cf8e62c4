#include "app/pages/data/split_bar.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPushButton>

#include "app/pages/data/parts_bar.h"
#include "widgets/common/theme.h"

namespace lamina {

SplitBar::SplitBar(QWidget* parent) : QFrame(parent), m_words(new QLabel), m_parts(new PartsBar), m_split(new QPushButton), m_build(new QPushButton) {
    setObjectName("split_bar");
    setProperty(ThemeRole::card, true);
    m_words->setObjectName("split_words");
    m_words->setTextFormat(Qt::PlainText);
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
    connect(m_split, &QPushButton::clicked, this, &SplitBar::splitWanted);
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
    const bool divided = m_opened && m_opened->split;
    m_words->setText(tr("The data is not split yet."));
    m_words->setVisible(!divided);
    m_parts->setVisible(divided);
    m_split->setText(divided ? tr("C&hange the split") : tr("S&plit the data"));
    m_split->setEnabled(divided || m_editable);
    m_build->setText(tr("&Build a model"));
    m_build->setToolTip(tr("Go on to the network that learns from this data"));
    m_build->setEnabled(divided);
    for (QPushButton* button : {m_split, m_build}) button->setAccessibleName(button->text().remove(u'&'));
}

}  // namespace lamina
