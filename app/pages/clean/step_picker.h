// "What do you want to do?": a search field with all cleaning steps beneath it, those used most first.
#pragma once

#include <QLineEdit>

#include <string>

class QFrame;
class QLabel;
class QTreeWidget;
class QTreeWidgetItem;

namespace lamina {

class StepPicker : public QLineEdit {
    Q_OBJECT
public:
    explicit StepPicker(QWidget* parent = nullptr);

    /// Opens the list with all steps.
    void open();
    bool isOpen() const;
    /// Does the data have pictures? Then the list also leads to their anonymised copies, which are no step.
    void setPictures(bool any) { m_anyPictures = any; }
    /// Remembers that this step was used.
    static void noteUse(const std::string& type);

signals:
    void chosen(const std::string& type);
    void picturesWanted();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void makeList();
    void fill();
    void addPictures(QTreeWidgetItem& group);
    bool asksForPictures(const QString& query) const;
    QTreeWidgetItem* addGroup(const QString& title, const std::vector<std::string>& types);
    void place();
    void close();
    void choose(QTreeWidgetItem* item);
    void moveCurrent(int by);
    void explain();
    void retranslate();

    bool m_anyPictures = false;
    QFrame* m_frame = nullptr;
    QTreeWidget* m_list = nullptr;
    QLabel* m_explain = nullptr;
};

}  // namespace lamina
