// The seam for what is labelled and is no picture: texts, rows, series. The page keeps the queue, the classes and the saving; a desk shows one item and
// tells of every finished gesture.
#pragma once

#include <QWidget>

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/pages/label/label_desk.h"
#include "app/pages/label/label_gestures.h"

namespace lamina {

class LabelKeys;
class Workspace;

/// GUI thread. What counts of an item are its heads.
class ItemDesk : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// Another dataset, or other classes; nullptr: none is open.
    virtual void setDesk(std::shared_ptr<const LabelDesk> desk) = 0;
    /// Another item, or its labels have changed; nullptr: none.
    virtual void showItem(const ShownItem* item) = 0;
    /// What new labels get; 0: no class is chosen.
    virtual void setClass(std::int64_t number) = 0;
    virtual void setReadOnly(bool readOnly) = 0;
    /// A digit or a click on a class. true: what is selected has got it; false: nothing is selected, it may be meant for the whole item.
    virtual bool takeClass(std::int64_t number) = 0;
    /// Classes are always those of whole items.
    virtual bool isOfWholeItems() const { return false; }
    /// There is one item only: no queue.
    virtual bool isOneItem() const { return false; }
    virtual void select(const std::string& label) { Q_UNUSED(label); }
    /// What has the keyboard.
    virtual QWidget* workplace() = 0;
    /// What keys do here alone, or otherwise than on pictures: by the ids of LabelKeys.
    virtual std::map<QString, std::function<void()>> acts() { return {}; }
    /// Keys that nobody can bind (those of the cursor), with what they do, for the key sheet.
    virtual std::vector<std::pair<QString, QString>> keys() const { return {}; }
    /// For the side of the page.
    virtual QString help() const = 0;
    /// The keys of the page are these now; they outlive the desk.
    virtual void setKeys(const LabelKeys* keys);

signals:
    void changed(const std::vector<lamina::LabelChange>& changes, const std::string& tool);
    void nextWanted();
    void accepted();
    void classWanted();  ///< something was about to be marked, but no class is chosen
    void selectionChanged(const std::vector<std::string>& labels);
    void said(const QString& text);  ///< what is waited for; empty: nothing

protected:
    void changeEvent(QEvent* event) override;
    /// All texts, in the language in use; also when the keys have changed.
    virtual void retranslate() {}
    /// "R"; empty: it has no key.
    QString keyOf(const char* id) const;
    /// "Arrows say (R)"
    QString keyed(const QString& text, const char* id) const;

private:
    const LabelKeys* m_keys = nullptr;
};

/// Of texts, rows or series.
ItemDesk* makeItemDesk(DeskKind kind, Workspace& workspace);

}  // namespace lamina
