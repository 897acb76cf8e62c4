// Carries the headers that every test includes, precompiled once (tests/CMakeLists.txt).
