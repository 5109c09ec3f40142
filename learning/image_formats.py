"""Pictures within formatted text stand in the questions of quizzes alone, on lines of their own."""

from wagtail.images.formats import unregister_image_format

unregister_image_format("left")
unregister_image_format("right")
