// What the Label page does with texts, rows and series: which desk is in use, and what it tells.
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>

#include "app/pages/label/class_list.h"
#include "app/pages/label/item_desk.h"
#include "app/pages/label/label_bar.h"
#include "app/pages/label/label_page.h"
#include "app/pages/label/label_panel.h"
#include "app/pages/label/queue_view.h"
#include "app/settings/settings.h"
#include "app/workspace/workspace.h"
#include "widgets/canvas/canvas_view.h"
#include "widgets/common/notice.h"

namespace lamina {

namespace {

constexpr const char* severalSetting = "label/several";

QString kindChoice(DeskKind kind) {
    switch (kind) {
        case DeskKind::Texts: return LabelPage::tr("as texts");
        case DeskKind::Rows: return LabelPage::tr("as rows");
        case DeskKind::Series: return LabelPage::tr("as a series");
        default: return LabelPage::tr("as pictures");
    }
}

}  // namespace

/// The desk of the dataset's kind; made when it is needed first.
void LabelPage::chooseDesk() {
    ItemDesk* desk = nullptr;
    if (m_desk->kind != DeskKind::Pictures) {
        auto& made = m_itemDesks[m_desk->kind];
        if (!made) {
            made = makeItemDesk(m_desk->kind, m_workspace);
            m_desks->addWidget(made);
            made->setKeys(&m_keys);
            connectDesk(*made);
            hearButtons(*made);
        }
        desk = made;
        desk->setReadOnly(m_workspace.readOnly());
        desk->setDesk(m_desk);
    }
    const bool other = m_itemDesk != desk;
    m_itemDesk = desk;
    m_desks->setCurrentWidget(desk ? static_cast<QWidget*>(desk) : m_canvasRow);
    if (auto* look = m_bar->findChild<QWidget*>("label_look")) look->setVisible(desk == nullptr);  // it speaks of pictures and shapes
    m_bar->setOneItem(desk && desk->isOneItem());
    m_use->setVisible((!desk || !desk->isOneItem()) && !m_workspace.isPackage());  // what is labelled in a package is trained on where it came from
    m_classes->setInPackage(m_workspace.isPackage());
    m_queueView->setVisible(!desk || !desk->isOneItem());
    m_whole->setVisible(!desk || (!desk->isOfWholeItems() && !desk->isOneItem()));
    m_several->setChecked(takesSeveral());
    if (other) {
        const QSignalBlocker quiet(m_whole);
        m_whole->setChecked(settings::value(desk ? "label/whole_texts" : "label_whole_pictures", desk != nullptr).toBool());
        chooseTool(m_canvas->toolType().name);
        retranslate();
    }
    showWholeChoices();
    applyKeys();  // classes may have keys of their own
}

void LabelPage::connectDesk(ItemDesk& desk) {
    connect(&desk, &ItemDesk::changed, this, [this](const std::vector<LabelChange>& changes, const std::string& tool) {
        if (!m_item || !m_desk) return;
        if (m_workspace.readOnly()) {
            m_notice->say(Notice::Tone::Warning, tr("This project is open for reading only: nothing can be labelled."));
            return showOnDesk();
        }
        save(gestureOf(changes, m_item->item, m_desk->known, tool, m_item->heads));
    });
    connect(&desk, &ItemDesk::nextWanted, this, [this] { goNext(); });
    connect(&desk, &ItemDesk::accepted, this, &LabelPage::accept);
    connect(&desk, &ItemDesk::classWanted, m_canvas, &CanvasView::labelWanted);
    connect(&desk, &ItemDesk::selectionChanged, this, [this](const std::vector<std::string>& labels) {
        for (auto* panel : m_panels) panel->showSelection(labels);
    });
    connect(&desk, &ItemDesk::said, this, [this](const QString& text) {
        if (text.isEmpty()) m_notice->hide();
        else m_notice->say(Notice::Tone::Info, text);
    });
}

void LabelPage::showOnDesk() {
    if (m_itemDesk) m_itemDesk->showItem(m_item ? &*m_item : nullptr);
}

QWidget* LabelPage::workplace() const { return m_itemDesk ? m_itemDesk->workplace() : m_canvas; }

bool LabelPage::takesWholeItems() const { return m_itemDesk ? m_itemDesk->isOfWholeItems() || (!m_itemDesk->isOneItem() && m_whole->isChecked()) : m_whole->isChecked(); }

/// Of the dataset; where nobody chose, items that have several say it.
bool LabelPage::takesSeveral() const {
    const QVariantMap kept = settings::value(severalSetting).toMap();
    const auto chosen = m_desk ? kept.find(QString::fromStdString(m_desk->dataset.id)) : kept.end();
    return chosen != kept.end() ? chosen->toBool() : m_item && m_item->wholeClasses.size() > 1;
}

void LabelPage::chooseSeveral(bool several) {
    if (!m_desk) return;
    QVariantMap kept = settings::value(severalSetting).toMap();
    kept[QString::fromStdString(m_desk->dataset.id)] = several;
    settings::setValue(severalSetting, kept);
}

void LabelPage::showWholeChoices() { m_several->setVisible(takesWholeItems()); }

void LabelPage::chooseKind(int row) {
    if (!m_desk || row < 0 || row >= static_cast<int>(m_desk->kinds.size())) return;
    QVariantMap kept = settings::value("label/kinds").toMap();
    kept[QString::fromStdString(m_desk->dataset.id)] = deskKindName(m_desk->kinds[static_cast<std::size_t>(row)]);
    settings::setValue("label/kinds", kept);
    if (m_saver.isIdle()) return reload();
    m_whenIdle.push_back([this] { reload(); });
}

void LabelPage::fillKinds() {
    m_kind->setAccessibleName(tr("What is labelled"));
    m_kind->setToolTip(tr("What is labelled in this data set"));
    m_kind->clear();
    m_kind->setVisible(m_desk && m_desk->kinds.size() > 1);
    if (!m_desk) return;
    for (const DeskKind kind : m_desk->kinds) {
        m_kind->addItem(kindChoice(kind));
        if (kind == m_desk->kind) m_kind->setCurrentIndex(m_kind->count() - 1);
    }
}

QString LabelPage::beginWords() const {
    const QString kept = QLatin1Char(' ') + tr("Everything is saved as you go, can be undone, and knows who made it.");
    switch (m_desk->kind) {
        case DeskKind::Texts: return tr("Mark words and phrases in your texts, connect them with arrows, or give each text a class.") + kept;
        case DeskKind::Rows: return tr("Give each row of the table a class with one key, or a number.") + kept;
        case DeskKind::Series: return tr("Mark stretches of the series with their class: drag over the chart.") + kept;
        default: return tr("Draw boxes, polygons, masks, lines and key points on your pictures, or give each picture a class.") + kept;
    }
}

}  // namespace lamina
