"""How gunicorn serves the program, wherever it runs: `gunicorn --config python:lscb.web_server lscb.wsgi`."""

timeout = 120  # seconds until a process that does not answer is started anew
accesslog = "-"
# Who asked when for which address, what was answered, how many bytes and within how many milliseconds. Neither what
# stands behind the question mark nor the page before: people search for words there.
access_log_format = '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(B)s %(M)s'
