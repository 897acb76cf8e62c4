// The stage Label: pictures on a canvas, texts, rows or series, one after the other; every finished gesture an edit of the project.
#pragma once

#include <QTimer>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "app/pages/common/page.h"
#include "app/pages/label/label_ahead.h"
#include "app/pages/label/label_desk.h"
#include "app/pages/label/label_gestures.h"
#include "app/pages/label/label_keys.h"
#include "app/pages/label/label_pace.h"
#include "app/pages/label/label_saver.h"
#include "app/pages/label/work_queue.h"

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace lamina {

class CanvasView;
class ClassList;
class EmptyState;
class ItemDesk;
class LabelBar;
class LabelDraft;
class LabelPanel;
class Notice;
class QueueView;
class Workspace;
struct ImportJob;

/// A stroke costs a commit in the background: what it changes in the item, the queue and the counts is noted in memory. Only edits that came from elsewhere
/// (undo, another page, another program) lead to reading again, and those of single items to reading these alone.
class LabelPage : public Page {
    Q_OBJECT
public:
    explicit LabelPage(Workspace& workspace, QWidget* parent = nullptr);
    ~LabelPage() override;

    CanvasView& canvas() const { return *m_canvas; }
    std::int64_t position() const { return m_position; }
    const WorkQueue& queue() const { return m_queue; }
    LabelKeys& keys() { return m_keys; }

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    // What the page consists of, its keys and its words.
    void build();
    QWidget* buildTools();
    QWidget* buildSide();
    void buildActs();
    void buildActsOfShapes();
    void applyKeys();
    bool isNoKeyAnyMore(const QKeyEvent& event) const;
    void hearButtons(QWidget& part);
    static bool isOfButton(QObject& watched, QEvent& event);
    void tellKeys();
    void connectAll();
    QString waysText(const QString& begin) const;
    void showKeys();
    void changeKeys();
    void openLook(QWidget* below);
    void openCanvasMenu(const QPoint& place);
    void repeatTool();
    void chooseTool(const std::string& name);
    void retranslate();

    // The set of classes, and what is no picture.
    void connectBeginnings();
    void connectClasses();
    void chooseDesk();
    void connectDesk(ItemDesk& desk);
    void chooseKind(int row);
    void fillKinds();
    void fillTabs();
    void chooseSeveral(bool several);
    bool takesSeveral() const;
    void placeNotice();
    void showOnDesk();
    QWidget* workplace() const;  ///< what has the keyboard: the canvas, or a desk
    bool takesWholeItems() const;
    void showWholeChoices();
    DeskKind kind() const { return m_desk ? m_desk->kind : DeskKind::Pictures; }
    QString beginWords() const;

    // The project.
    void stale();
    void keepPlace();
    void look();
    void takeNews(const std::vector<JournalEntry>& entries);
    void readItems(const std::vector<std::int64_t>& keys);
    void reload();
    void takeDesk(std::shared_ptr<const LabelDesk> desk);
    void forget();
    void beginWith(std::function<Result<bool>(Project& project, const DatasetRecord& dataset, const ImportJob& job)> work);
    struct Step {
        bool redo = false;
        std::function<void()> act;
    };
    bool guardStep(bool redo, std::function<void()> act);
    void nextStep();
    void stepTo(std::int64_t item, const QString& what, Step step);
    QString lossOnClosing() const;

    // The queue.
    void go(std::int64_t position);
    void arrived(std::int64_t position);
    void sharpen(const ShownItem& item);
    void showPicture();
    void readAgainWhenIdle();
    bool isOnTheWay() const { return m_going >= 0 && m_going != m_position; }  ///< to another item
    void goNext(int step = 1);
    void goNext(const ItemFilter& filter, int step);
    void goBack();
    void jump();
    void refilter();
    void takeShown(std::optional<std::vector<std::int64_t>> positions);
    void leave();
    bool putDraftAside();
    void showItem(ShownItem item);
    void showHead();
    QString proposalWords() const;
    void lookAhead();

    // Edits.
    void edited(const CanvasEdit& edit);
    void save(NamedGesture named);
    void write(LabelSaver::Begin begin);
    void noteItem();
    void showSaved();
    void refused(const Error& error);
    void lookAtReserve();
    void setState(ItemState state, const QString& reason = {});
    void flag(bool flagged);
    void accept();
    bool finishDraft();
    void pick(std::int64_t number);
    void pickAt(std::size_t place);
    void chooseLabel();
    void addClass(const QString& name);
    void renameClass(std::int64_t number, const QString& name);
    void comment();
    void useClasses();
    void copyShapes();
    void propagate();
    void interpolate();
    void restore(const AnnotationRecord& earlier, const AnnotationRecord& newest);
    void applyLooks();

    Workspace& m_workspace;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QPushButton *m_data, *m_begin, *m_beginFiles, *m_beginColumn, *m_use;
    LabelBar* m_bar;
    Notice* m_notice;
    CanvasView* m_canvas;
    ClassList* m_classes;
    QCheckBox *m_whole, *m_several;
    QLabel* m_help;
    QButtonGroup* m_tools;
    QTabWidget* m_side;
    QWidget* m_canvasRow = nullptr;
    QWidget* m_area = nullptr;  ///< canvas and queue: where the keys are heard
    QStackedWidget* m_desks = nullptr;  ///< the canvas, and desks for what is no picture
    ItemDesk* m_itemDesk = nullptr;     ///< in use; nullptr: the canvas
    std::map<DeskKind, ItemDesk*> m_itemDesks;
    QComboBox* m_kind;
    std::unique_ptr<LabelDraft> m_draft;
    std::vector<LabelPanel*> m_panels;

    std::shared_ptr<const LabelDesk> m_desk;
    WorkQueue m_queue;
    QueueView* m_queueView;
    LabelAhead m_ahead;
    LabelSaver m_saver;
    LabelKeys m_keys;
    LabelPace m_pace;
    std::map<QString, std::function<void()>> m_acts;  ///< by the ids of LabelKeys
    std::vector<QObject*> m_shortcuts;

    std::optional<ShownItem> m_item;
    std::int64_t m_position = 0;
    std::int64_t m_going = -1;  ///< the position that is waited for
    std::int64_t m_journal = 0; ///< sequence of the newest edit that is known here
    std::vector<std::int64_t> m_visited;
    std::vector<CanvasShape> m_copied, m_before;  ///< for the clipboard; of the picture that was left last
    std::vector<std::function<void()>> m_whenIdle, m_whenShown;
    std::deque<Step> m_steps;   ///< undo and redo that were asked for and have not begun
    bool m_stepping = false;    ///< one is on its way
    std::string m_lastTool = "box";
    bool m_unplaced = false;    ///< nobody was in this queue before: an order begins with its first item
    QString m_wantedLabel;      ///< to be selected when its item is shown
    int m_filtering = 0;        ///< number of the newest search: older answers are dropped
    QString m_slip;             ///< what a tool said last that it could not do: no news once something succeeds
    bool m_trouble = false;     ///< the notice says that something is not saved
    bool m_lowRoom = false;     ///< the notice says that the reserve is in use
    bool m_looked = false;      ///< some class was hidden or locked
    bool m_stale = true, m_looking = false;
    QTimer m_roomTimer;
    QTimer m_placeTimer;  ///< the place in the queue has changed and is written soon
};

}  // namespace lamina
