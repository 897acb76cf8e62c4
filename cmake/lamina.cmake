# How every part of Lamina is declared: one target per folder, its arrows as PRIVATE or PUBLIC links.

find_program(CCACHE ccache)
if(CCACHE)
  # Precompiled headers need ccache to look at what went into them rather than at their time stamps.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
endif()

add_library(lamina_options INTERFACE)
target_include_directories(lamina_options INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
# No contraction: a formula gives the same bits wherever the compiler puts it. No -march=native: kernels choose at run time.
target_compile_options(lamina_options INTERFACE -Wall -Wextra -ffp-contract=off -fno-math-errno)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_compile_options(lamina_options INTERFACE -march=x86-64-v2)
endif()
if(LAMINA_JOIN AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # The compiler collects its garbage when it holds a gigabyte rather than again and again: a tenth of its time.
  target_compile_options(lamina_options INTERFACE --param=ggc-min-heapsize=1048576)
endif()
if(LAMINA_WERROR)
  target_compile_options(lamina_options INTERFACE -Werror)
endif()
if(LAMINA_SANITIZE)
  target_compile_options(lamina_options INTERFACE -fsanitize=${LAMINA_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(lamina_options INTERFACE -fsanitize=${LAMINA_SANITIZE})
  if(LAMINA_SANITIZE MATCHES "undefined" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Checks at every use of every pointer double the time of the build; a null one is the address sanitizer's find as well,
    # and the fuzzers (clang) run the readers of files with all checks.
    target_compile_options(lamina_options INTERFACE -fno-sanitize=null,alignment,object-size,vptr)
  endif()
endif()
# Every test program links most of Lamina: a quick linker saves half a minute of a clean build. Any one does.
include(CheckLinkerFlag)
foreach(linker lld gold)
  check_linker_flag(CXX -fuse-ld=${linker} LAMINA_LINKS_WITH_${linker})
  if(LAMINA_LINKS_WITH_${linker})
    add_link_options("$<$<LINK_LANGUAGE:CXX>:-fuse-ld=${linker}>")
    break()
  endif()
endforeach()
# -O1 takes three quarters of the time of -O2 to compile and is as quick wherever a window, a file or SQLite is waited for;
# folders that compute say HOT, and kernels have flags of their own.
set(CMAKE_CXX_FLAGS_RELEASE "-O1 -DNDEBUG")

# The files of a folder become one translation unit: a clean build takes half the time, since what they include is read, and what they have in common
# is compiled, once. Changing one file compiles its neighbours again, so the preset for developers does without. A whole folder takes up to 2.5 GB;
# where there is less for each core, or cores enough to share a folder, ten files at a time do.
cmake_host_system_information(RESULT lamina_memory QUERY TOTAL_PHYSICAL_MEMORY)
cmake_host_system_information(RESULT lamina_cores QUERY NUMBER_OF_LOGICAL_CORES)
math(EXPR lamina_memory_per_core "${lamina_memory} / ${lamina_cores}")
if(lamina_cores LESS_EQUAL 4 AND lamina_memory_per_core GREATER_EQUAL 3000)
  set(LAMINA_JOIN_FILES 0 CACHE STRING "How many files are compiled as one, with LAMINA_JOIN; 0: a whole folder")
else()
  set(LAMINA_JOIN_FILES 10 CACHE STRING "How many files are compiled as one, with LAMINA_JOIN; 0: a whole folder")
endif()
function(lamina_join target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${LAMINA_JOIN} UNITY_BUILD_BATCH_SIZE ${LAMINA_JOIN_FILES})
  # A file's own types are in no other: the compiler cannot know that of a file that it sees included.
  if(LAMINA_JOIN AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
  endif()
endfunction()

set(LAMINA_STANDARD_HEADERS <algorithm> <array> <cmath> <functional> <map> <memory> <optional> <span> <string> <variant> <vector>)

# lamina_precompile(target <header> …): headers that most files of a target include and that are slow to read.
function(lamina_precompile target)
  target_precompile_headers(${target} PRIVATE ${ARGN})
  lamina_pch_for_ccache(${target})
endfunction()

# lamina_reuse_precompiled(target carrier): the headers that `carrier` has precompiled; both need the same flags,
# for a program a library's -fPIC instead of its own -fPIE.
function(lamina_reuse_precompiled target carrier)
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "EXECUTABLE")
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_compile_options(${target} PRIVATE -fPIC)
  endif()
  target_precompile_headers(${target} REUSE_FROM ${carrier})
  lamina_pch_for_ccache(${target})
endfunction()

function(lamina_pch_for_ccache target)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -fpch-preprocess)
  endif()
endfunction()

# lamina_precompiled(json_headers LIBRARIES … HEADERS <header> …): a library that does nothing but carry precompiled headers, HOT for folders that are.
function(lamina_precompiled name)
  cmake_parse_arguments(ARG "HOT" "" "LIBRARIES;HEADERS" ${ARGN})
  file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/generated/${name}.cpp CONTENT "// The precompiled headers are what counts here.\n")
  add_library(lamina_${name} STATIC ${CMAKE_BINARY_DIR}/generated/${name}.cpp)
  target_link_libraries(lamina_${name} PUBLIC lamina_options ${ARG_LIBRARIES})
  if(ARG_HOT)
    lamina_hot(lamina_${name})
  endif()
  lamina_precompile(lamina_${name} ${ARG_HEADERS})
endfunction()

# lamina_folder(engine PUBLIC lamina_tensor PRIVATE dnnl): all .cpp of this folder (not of its subfolders) as lamina_engine.
# With JSON after the name: most of its files read nlohmann/json.hpp. HOT: its loops are what people wait for.
function(lamina_folder name)
  cmake_parse_arguments(ARG "JSON;HOT" "" "PUBLIC;PRIVATE;SOURCES" ${ARGN})
  lamina_library(${name} ${ARGN})
  if(ARG_JSON)
    set(headers json_headers)
  else()
    set(headers standard_headers)
  endif()
  if(ARG_HOT)
    lamina_hot(lamina_${name})
    set(headers hot_${headers})
  endif()
  lamina_reuse_precompiled(lamina_${name} lamina_${headers})
endfunction()

function(lamina_library name)
  cmake_parse_arguments(ARG "JSON;HOT" "" "PUBLIC;PRIVATE;SOURCES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  add_library(lamina_${name} STATIC ${sources} ${ARG_SOURCES})
  target_link_libraries(lamina_${name} PUBLIC lamina_options ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
  lamina_join(lamina_${name})
endfunction()

# lamina_hot(target): its loops are what people wait for.
function(lamina_hot target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O2>)
endfunction()

# lamina_qt_folder(widgets_charts PUBLIC … PRIVATE …): the same for a folder with Qt classes; Qt's widgets are there, moc runs by itself.
function(lamina_qt_folder name)
  lamina_library(${name} ${ARGN})
  set_target_properties(lamina_${name} PROPERTIES AUTOMOC ON)
  target_link_libraries(lamina_${name} PUBLIC Qt6::Widgets)
  target_compile_definitions(lamina_${name} PRIVATE QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING)
  if(NOT name STREQUAL widgets_common)
    target_link_libraries(lamina_${name} PUBLIC lamina_widgets_common)
  endif()
  if(name MATCHES "^widgets_")
    lamina_reuse_precompiled(lamina_${name} lamina_qt_headers)
  else()
    lamina_reuse_precompiled(lamina_${name} lamina_page_headers)
  endif()
endfunction()

# lamina_kinds(layer LIST a b c TYPE LayerType HEADER core/layers/layer_type.h): from the list of names, a generated catalogue that
# refers to every descriptor function `const LayerType& a_layer();` by name: a file that is missing is a link error.
function(lamina_kinds kind)
  cmake_parse_arguments(ARG "" "TYPE;HEADER;CATALOGUE" "LIST" ${ARGN})
  set(text "// Generated from the list in CMake.\n#include \"${ARG_HEADER}\"\n\nnamespace lamina {\n\n")
  foreach(entry ${ARG_LIST})
    string(APPEND text "const ${ARG_TYPE}& ${entry}_${kind}();\n")
  endforeach()
  string(APPEND text "\nconst std::vector<const ${ARG_TYPE}*>& ${ARG_CATALOGUE}() {\n    static const std::vector<const ${ARG_TYPE}*> all{\n")
  foreach(entry ${ARG_LIST})
    string(APPEND text "        &${entry}_${kind}(),\n")
  endforeach()
  string(APPEND text "    };\n    return all;\n}\n\n}  // namespace lamina\n")
  file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/generated/${kind}_catalogue.cpp CONTENT "${text}")
  set(${kind}_catalogue ${CMAKE_BINARY_DIR}/generated/${kind}_catalogue.cpp PARENT_SCOPE)
endfunction()
