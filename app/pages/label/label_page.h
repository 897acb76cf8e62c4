// The stage Label: pictures one after the other on a canvas, every finished gesture an edit of the project.
#pragma once

#include <memory>
#include <optional>

#include "app/pages/common/page.h"
#include "app/pages/label/label_desk.h"
#include "app/pages/label/label_gestures.h"

class QButtonGroup;
class QCheckBox;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace lamina {

class CanvasView;
class ClassList;
class EmptyState;
class LabelBar;
class LabelDraft;
class Notice;
class Workspace;

class LabelPage : public Page {
    Q_OBJECT
public:
    explicit LabelPage(Workspace& workspace, QWidget* parent = nullptr);
    ~LabelPage() override;

    CanvasView& canvas() const { return *m_canvas; }
    std::int64_t position() const { return m_position; }

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    QWidget* buildTools();
    void buildKeys();
    void key(const char* keys, std::function<void()> act);

    void stale();
    void reload();
    void takeDesk(std::shared_ptr<const LabelDesk> desk);
    void forget();
    void begin();

    void go(std::int64_t position);
    void readAgain();
    void goNext(ItemFilter filter);
    void goNext();
    void goBack();
    void showItem(std::optional<ShownItem> item);
    void showPicture(std::int64_t position);
    void lookAhead();

    void edited(const CanvasEdit& edit);
    void save(NamedGesture named);
    void saved(const Error* error);
    void setState(ItemState state, const QString& reason = {});
    void accept();
    void pick(std::int64_t number);
    void chooseLabel();
    void addClass(const QString& name);
    void renameClass(std::int64_t number, const QString& name);
    void writeDone(EditFuture future);
    void comment();
    void useClasses();
    void showKeys();
    void repeatTool();
    void chooseTool(const std::string& name);
    void retranslate();

    Workspace& m_workspace;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QPushButton *m_data, *m_begin, *m_use;
    LabelBar* m_bar;
    Notice* m_notice;
    CanvasView* m_canvas;
    ClassList* m_classes;
    QCheckBox* m_whole;
    QLabel* m_help;
    QButtonGroup* m_tools;
    std::unique_ptr<LabelDraft> m_draft;

    std::shared_ptr<const LabelDesk> m_desk;
    std::optional<ShownItem> m_item;
    std::int64_t m_position = 0;
    std::vector<std::int64_t> m_visited;
    std::map<std::int64_t, std::shared_ptr<const PicturePyramid>> m_pictures;  ///< the one on the screen and the next
    std::string m_lastTool = "box";
    int m_saving = 0;       ///< gestures on their way to the disk
    int m_reading = 0;      ///< number of the newest request for an item: older answers are dropped
    bool m_saveFailed = false;  ///< the notice says so
    bool m_moving = false;  ///< on the way to another item
    bool m_stale = true;
};

}  // namespace lamina
