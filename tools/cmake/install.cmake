# The library as other CMake projects find it: find_package(phusong), then phusong::io or phusong::engine.
include(CMakePackageConfigHelpers)
set(CMAKE_INSTALL_DEFAULT_COMPONENT_NAME development)

install(TARGETS phusong_algorithms phusong_engine phusong_text phusong_io EXPORT phusong-targets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
foreach(folder algorithms engine io)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${folder} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/phusong
    FILES_MATCHING PATTERN "*.hpp")
endforeach()
install(EXPORT phusong-targets NAMESPACE phusong:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/phusong)
configure_package_config_file(${PROJECT_SOURCE_DIR}/tools/cmake/phusong-config.cmake.in
  ${PROJECT_BINARY_DIR}/phusong-config.cmake INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/phusong)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/phusong-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/phusong-config.cmake ${PROJECT_BINARY_DIR}/phusong-config-version.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/phusong)
